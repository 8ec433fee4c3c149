import { join } from 'node:path';
import ts from 'typescript';
import { nameOf, type KubernetesObject } from './objects';

const ROOT = join(__dirname, '../..');
const SOURCE = join(__dirname, 'objects-as-literals.ts');

/** Groups of custom resources; all others are Kubernetes' own. */
const OPERATORS: Record<string, string> = {
  'keda.sh': '@kubernetes-models/keda',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

const modelsOf = (apiVersion: string): string => `${OPERATORS[apiVersion.split('/')[0]!] ?? 'kubernetes-models'}/${apiVersion}`;

/**
 * Holds each object against the schema of its kind, as kubernetes-models has it: its validators know required fields, types and
 * formats, but pass over fields that no schema knows. So the objects are also written as literals of its types, which were
 * made from the same schemas: to a literal, the compiler permits no field too many.
 * @returns a sentence for each mistake, with the object's name
 */
export async function mistakes(objects: KubernetesObject[]): Promise<string[]> {
  return [...unknownFields(objects), ...(await Promise.all(objects.map(invalidValues))).flat()];
}

/** The schemas don't change from one call to the next, and are most of the work. */
const parsed = new Map<string, ts.SourceFile | undefined>();

interface Model { validate(): void }

async function invalidValues(object: KubernetesObject): Promise<string[]> {
  const models = await import(modelsOf(object.apiVersion)) as Record<string, (new (object: KubernetesObject) => Model) | undefined>;
  const Kind = models[object.kind];
  if (!Kind) return [`${nameOf(object)}: ${object.apiVersion} has no such kind`];
  try {
    new Kind(object).validate();
    return [];
  } catch (error) {
    return [`${nameOf(object)}: ${(error as Error).message}`];
  }
}

function unknownFields(objects: KubernetesObject[]): string[] {
  const text = objects.map(({ apiVersion, kind, ...fields }, index) => [
    `import type { I${kind} as Kind${index} } from '${modelsOf(apiVersion)}';`,
    `export const object${index}: Kind${index} = ${JSON.stringify({ apiVersion, kind, ...fields })};`,
  ].join('')).join('\n');
  const options: ts.CompilerOptions = {
    noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
  };
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.getCurrentDirectory = () => ROOT;
  host.getSourceFile = (path, ...rest) => {
    if (path === SOURCE) return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
    if (!parsed.has(path)) parsed.set(path, fromDisk(path, ...rest));
    return parsed.get(path);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram([SOURCE], options, host)).map(({ file, start, messageText }) => {
    const sentence = ts.flattenDiagnosticMessageText(messageText, ' ');
    if (file?.fileName !== SOURCE || start === undefined) return sentence;
    return `${nameOf(objects[file.getLineAndCharacterOfPosition(start).line]!)}: ${sentence}`;
  });
}
