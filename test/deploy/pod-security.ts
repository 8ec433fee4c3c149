import type { Workload } from './objects';

const VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];

/**
 * What the restricted Pod Security Standard (kubernetes.io/docs/concepts/security/pod-security-standards) would refuse, and two
 * things that it lets pass and we don't: a file system that can be written to, and a token of the API of Kubernetes.
 */
export function violations({ pod }: Workload): string[] {
  const own = pod.securityContext ?? {};
  const found: string[] = [];
  const must = (holds: boolean, rule: string) => { if (!holds) found.push(rule); };
  must(!pod.hostNetwork && !pod.hostPID && !pod.hostIPC, 'namespaces of the host');
  must((own.sysctls ?? []).length === 0, 'sysctls');
  must(own.seccompProfile?.type === 'RuntimeDefault', 'seccompProfile');
  must(pod.automountServiceAccountToken === false, 'token of the API');
  for (const volume of pod.volumes ?? []) {
    must(Object.keys(volume).every((key) => key === 'name' || VOLUMES.includes(key)), `volume ${volume.name}`);
  }
  for (const container of [...pod.initContainers ?? [], ...pod.containers, ...pod.ephemeralContainers ?? []]) {
    const { securityContext = {}, ports = [], name } = container;
    const user = securityContext.runAsUser ?? own.runAsUser;
    must((securityContext.runAsNonRoot ?? own.runAsNonRoot) === true && user > 0, `${name}: runAsNonRoot`);
    must(securityContext.allowPrivilegeEscalation === false, `${name}: allowPrivilegeEscalation`);
    must(!securityContext.privileged, `${name}: privileged`);
    must(securityContext.capabilities?.drop?.includes('ALL') && !securityContext.capabilities.add, `${name}: capabilities`);
    must((securityContext.seccompProfile ?? own.seccompProfile)?.type === 'RuntimeDefault', `${name}: seccompProfile`);
    must((securityContext.procMount ?? 'Default') === 'Default', `${name}: procMount`);
    must(ports.every((port: { hostPort?: number }) => !port.hostPort), `${name}: hostPort`);
    must(securityContext.readOnlyRootFilesystem === true, `${name}: readOnlyRootFilesystem`);
  }
  return found;
}
