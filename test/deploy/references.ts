/** Every Secret and ConfigMap that a pod mounts or takes variables from, as `Kind/name`. */
export function referencesOf(pod: any): string[] {
  const volumes = (pod.volumes ?? []).flatMap((volume: any) => [
    volume.secret && `Secret/${volume.secret.secretName}`, volume.configMap && `ConfigMap/${volume.configMap.name}`,
  ]);
  const variables = pod.containers.flatMap(({ envFrom = [], env = [] }: any) => [
    ...envFrom,
    ...env.map(({ valueFrom }: any) => ({ secretRef: valueFrom?.secretKeyRef, configMapRef: valueFrom?.configMapKeyRef })),
  ]).flatMap(({ secretRef, configMapRef }: any) => [
    secretRef && `Secret/${secretRef.name}`, configMapRef && `ConfigMap/${configMapRef.name}`,
  ]);
  return [...volumes, ...variables].filter(Boolean);
}
