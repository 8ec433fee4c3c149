/** What kubectl renders, as far as the assertions look into it. What its kind permits is checked by its schema. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Labels; annotations?: Labels };
  data?: Record<string, string>;
  spec?: any;
}

export type Labels = Record<string, string>;

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** What runs: a pod by the template of the object that starts it. */
export interface Workload {
  name: string;
  kind: string;
  labels: Labels;
  pod: any;
}

export const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;

export const ofKind = (objects: KubernetesObject[], kind: string): KubernetesObject[] => objects.filter((object) => object.kind === kind);

/** @throws when it isn't there */
export function find(objects: KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`There is no ${kind}/${name}`);
  return found;
}

export function workloads(objects: KubernetesObject[]): Workload[] {
  return objects.filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind)).map((object) => ({
    name: nameOf(object), kind: object.kind, labels: object.spec.template.metadata.labels, pod: object.spec.template.spec,
  }));
}

/** As Kubernetes does it: an empty selector takes everything. @throws for an operator that nobody uses here */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels = {}): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
    && matchExpressions.every(({ key, operator, values = [] }) => {
      if (operator !== 'In') throw new Error(`The operator ${operator} is not known here`);
      return values.includes(labels[key] ?? '');
    });
}
