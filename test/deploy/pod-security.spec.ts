import { violations } from './pod-security';
import type { Workload } from './objects';

const good = {
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{
    name: 'service', securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  }],
  volumes: [{ name: 'tmp', emptyDir: {} }],
};
const workload = (pod: any): Workload => ({ name: 'Deployment/x', kind: 'Deployment', labels: {}, pod });

describe('the restricted Pod Security Standard', () => {
  it('lets a pod pass that keeps to it', () => expect(violations(workload(good))).toEqual([]));

  it.each<[string, (pod: any) => void]>([
    ['namespaces of the host', (pod) => { pod.hostNetwork = true; }],
    ['sysctls', (pod) => { pod.securityContext.sysctls = [{ name: 'kernel.msgmax', value: '1' }]; }],
    ['token of the API', (pod) => { delete pod.automountServiceAccountToken; }],
    ['volume tmp', (pod) => { pod.volumes[0] = { name: 'tmp', hostPath: { path: '/tmp' } }; }],
    ['service: runAsNonRoot', (pod) => { delete pod.securityContext.runAsNonRoot; }],
    ['service: runAsNonRoot', (pod) => { pod.containers[0].securityContext.runAsUser = 0; }],
    ['service: allowPrivilegeEscalation', (pod) => { delete pod.containers[0].securityContext.allowPrivilegeEscalation; }],
    ['service: privileged', (pod) => { pod.containers[0].securityContext.privileged = true; }],
    ['service: capabilities', (pod) => { pod.containers[0].securityContext.capabilities.add = ['NET_ADMIN']; }],
    ['service: procMount', (pod) => { pod.containers[0].securityContext.procMount = 'Unmasked'; }],
    ['service: seccompProfile', (pod) => { pod.containers[0].securityContext.seccompProfile = { type: 'Unconfined' }; }],
    ['service: hostPort', (pod) => { pod.containers[0].ports = [{ containerPort: 8080, hostPort: 8080 }]; }],
    ['service: readOnlyRootFilesystem', (pod) => { delete pod.containers[0].securityContext.readOnlyRootFilesystem; }],
    ['root: allowPrivilegeEscalation', (pod) => {
      const securityContext = { ...pod.containers[0].securityContext, allowPrivilegeEscalation: true };
      pod.initContainers = [{ name: 'root', securityContext }];
    }],
  ])('refuses %s', (rule, spoil) => {
    const pod = structuredClone(good);
    spoil(pod);
    expect(violations(workload(pod))).toEqual([rule]);
  });
});
