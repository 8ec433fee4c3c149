import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import dockerignore from '@balena/dockerignore';
import { Arg, Cmd, Copy, Entrypoint, Env, Healthcheck, Run, Workdir, type Instruction } from 'dockerfile-ast';
import { copiedFrom, expand, readStages, settings, words, type StageText } from './dockerfile';

const run = promisify(execFile);

/** A stage that was built: its root directory is a folder, and what runs in it begins in the working directory. */
export interface Image {
  root: string;
  workdir: string;
  env: Record<string, string>;
  user?: string;
  stopSignal?: string;
  command?: string[];
  healthcheck?: string[];
}

interface Stage extends Image {
  /** what ARG has taken in */
  args: Record<string, string>;
}

const DECLARES_ONLY = new Set(['EXPOSE', 'LABEL']);
const OUTPUT_LIMIT = 16 * 1024 * 1024;

/**
 * Runs the steps of a Dockerfile without an engine: each stage is a folder below `directory`, and RUN is a shell in its working
 * directory, so a step must keep to relative paths. The image that a stage begins with is this machine. Stages that no argument
 * makes different are built once.
 */
export class ImageBuilder {
  private readonly texts: Map<string, StageText>;
  private readonly built = new Map<string, Promise<Stage>>();

  constructor(dockerfile: string, private readonly context: string, private readonly directory: string) {
    this.texts = new Map(readStages(dockerfile).map((stage) => [stage.name, stage]));
  }

  /** The last stage. @throws with the output of a step that fails, and for an instruction that isn't known here */
  build(args: Record<string, string>): Promise<Image> {
    return this.stage([...this.texts.keys()].at(-1)!, args);
  }

  private stage(name: string, args: Record<string, string>): Promise<Stage> {
    const key = [name, ...this.argsOf(name).map((arg) => args[arg] ?? '')].join('-').replaceAll('/', '_');
    const stage = this.built.get(key) ?? this.buildStage(this.texts.get(name)!, args, join(this.directory, key));
    this.built.set(key, stage);
    return stage;
  }

  private argsOf(name: string): string[] {
    const { args, needs } = this.texts.get(name)!;
    return [...new Set([...args, ...needs.flatMap((needed) => this.argsOf(needed))])];
  }

  private async buildStage({ base, instructions }: StageText, args: Record<string, string>, root: string): Promise<Stage> {
    const from = this.texts.has(base) ? await this.stage(base, args) : undefined;
    mkdirSync(root, { recursive: true });
    if (from) await copyInto(from.root, root);
    const stage: Stage = { workdir: '/', env: {}, ...from, root, args: {} };
    for (const instruction of instructions) await this.step(stage, instruction, args);
    return stage;
  }

  private async step(stage: Stage, instruction: Instruction, args: Record<string, string>): Promise<void> {
    const text = expand(instruction.getArgumentsContent() ?? '', { ...stage.args, ...stage.env });
    if (instruction instanceof Copy) return this.copy(stage, instruction, text, args);
    if (instruction instanceof Run) return runIn(stage, instruction.getArgumentsContent()!);
    if (instruction instanceof Workdir) {
      stage.workdir = join(stage.workdir, text.startsWith('/') ? relative(stage.workdir, text) : text);
      mkdirSync(join(stage.root, stage.workdir), { recursive: true });
    } else if (instruction instanceof Arg) {
      const name = instruction.getProperty()!.getName();
      if (args[name] !== undefined) stage.args[name] = args[name];
    } else if (instruction instanceof Env) {
      stage.env = { ...stage.env, ...settings(instruction) };
    } else if (instruction instanceof Healthcheck) {
      stage.healthcheck = words(instruction);
    } else if (instruction instanceof Cmd) {
      stage.command = words(instruction);
    } else if (instruction.getKeyword() === 'USER') {
      stage.user = text;
    } else if (instruction.getKeyword() === 'STOPSIGNAL') {
      stage.stopSignal = text;
    } else if (!DECLARES_ONLY.has(instruction.getKeyword()) && !(instruction instanceof Entrypoint && text === '[]')) {
      throw new Error(`This step is not known here: ${instruction.toString()}`);
    }
  }

  private async copy(stage: Stage, instruction: Copy, text: string, args: Record<string, string>): Promise<void> {
    const [source, target, ...more] = text.split(/\s+/) as [string, string, ...string[]];
    if (more.length > 0) throw new Error(`Only one source is known here: COPY ${text}`);
    const place = join(stage.root, target.startsWith('/') ? target : join(stage.workdir, target));
    mkdirSync(place, { recursive: true });
    const from = copiedFrom(instruction);
    if (from) return copyInto(join((await this.stage(from, args)).root, source), place);
    if (source !== '.') throw new Error(`Only the whole context is known here: COPY ${text}`);
    for (const path of contextFiles(this.context)) {
      mkdirSync(dirname(join(place, path)), { recursive: true });
      cpSync(join(this.context, path), join(place, path), { verbatimSymlinks: true });
    }
  }
}

/** What an engine would be sent: everything that .dockerignore doesn't keep out. */
export function contextFiles(context: string): string[] {
  const isSent = dockerignore({ ignorecase: false }).add(readFileSync(join(context, '.dockerignore'), 'utf8')).createFilter();
  return readdirSync(context, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(context, join(entry.parentPath, entry.name)))
    .filter(isSent);
}

async function copyInto(source: string, target: string): Promise<void> {
  await run('cp', ['-a', `${source}/.`, target]);
}

async function runIn(stage: Stage, command: string): Promise<void> {
  const env = { ...surroundings(), ...stage.env, ...stage.args };
  try {
    await run('sh', ['-c', command], { cwd: join(stage.root, stage.workdir), env, maxBuffer: OUTPUT_LIMIT });
  } catch (error) {
    const { stdout, stderr } = error as Error & { stdout: string; stderr: string };
    throw new Error(`RUN ${command}\n${stdout}${stderr}`, { cause: error });
  }
}

/** Without what jest and npm have set for themselves. npm takes from its cache what the installation of this repository left there. */
function surroundings(): NodeJS.ProcessEnv {
  const isOurs = (name: string): boolean => /^(NODE_|JEST_|INIT_CWD$|npm_(?!config_(cache|registry|userconfig)$))/i.test(name);
  const kept = Object.entries(process.env).filter(([name]) => !isOurs(name));
  return { ...Object.fromEntries(kept), npm_config_prefer_offline: 'true' };
}
