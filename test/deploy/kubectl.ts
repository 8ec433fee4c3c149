import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { findProgram } from '../find-program';
import type { KubernetesObject } from './objects';

const run = promisify(execFile);
const ROOT = join(__dirname, '../../deploy/kubernetes');
/** Components and labels in templates: what overlays are written with. Debian 12's own kubectl (1.20) brings Kustomize 2. */
const OLDEST_KUSTOMIZE = 5;
const DEBIAN = { package: 'kubectl', path: 'usr/bin/kubectl', suite: 'trixie' };

export const OVERLAYS = ['dev', 'production', 'production-with-operators'];

/** Where kubectl was found before the tests began. */
const kubectl = process.env.HEADWATER_KUBECTL;
/** For what renders: skipped, and said so, on a machine where there is no kubectl to be had. */
export const describeRendered = kubectl
  ? describe
  : (name: string, body: () => void) => describe.skip(`${name} (there is no kubectl, and it could not be fetched)`, body);

/** @returns the path of a kubectl that can render our overlays, or null */
export const findKubectl = (): Promise<string | null> => findProgram({ name: 'kubectl', debian: DEBIAN, serves: hasKustomize });

async function hasKustomize(kubectl: string): Promise<boolean> {
  const { stdout } = await run(kubectl, ['version', '--client']).catch(() => ({ stdout: '' }));
  return Number(/Kustomize Version: v(\d+)\./.exec(stdout)?.[1] ?? 0) >= OLDEST_KUSTOMIZE;
}

/** All objects of an overlay, as a cluster would get them. @throws with what kubectl complains of */
export async function render(overlay: string): Promise<KubernetesObject[]> {
  const { stdout } = await run(kubectl!, ['kustomize', join(ROOT, 'overlays', overlay)], { maxBuffer: 16 * 1024 * 1024 });
  return parseAllDocuments(stdout).map((document) => oneLineEach(document.toJS() as KubernetesObject));
}

/** Kustomize wraps what is long in a Secret; Kubernetes reads over the line breaks, the pattern of base64 does not. */
function oneLineEach(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Secret') return object;
  const data = Object.entries(object.data ?? {}).map(([key, value]) => [key, value.replaceAll('\n', '')]);
  return { ...object, data: Object.fromEntries(data) };
}
