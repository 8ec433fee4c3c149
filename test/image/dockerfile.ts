import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Arg, Copy, DockerfileParser, Env, From, Healthcheck, JSONInstruction, type Instruction } from 'dockerfile-ast';

export const REPOSITORY = join(__dirname, '../..');
export const DOCKERFILE = readFileSync(join(REPOSITORY, 'deploy/Dockerfile'), 'utf8');

/** What the instructions of one stage say, in their order. */
export interface StageText {
  name: string;
  /** another stage's name, or an image */
  base: string;
  instructions: Instruction[];
  /** the build arguments that it asks for */
  args: string[];
  /** the stages that it begins with or copies from */
  needs: string[];
}

/** Splits a Dockerfile into its stages. @throws for a stage without a name */
export function readStages(text: string): StageText[] {
  const stages: StageText[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction instanceof From) {
      const [base, name] = [instruction.getImage(), instruction.getBuildStage()];
      if (!base || !name) throw new Error(`A stage needs a name: ${instruction.toString()}`);
      stages.push({ name, base, instructions: [], args: [], needs: stages.some((stage) => stage.name === base) ? [base] : [] });
      continue;
    }
    const stage = stages.at(-1)!;
    stage.instructions.push(instruction);
    if (instruction instanceof Arg) stage.args.push(instruction.getProperty()!.getName());
    if (instruction instanceof Copy && copiedFrom(instruction)) stage.needs.push(copiedFrom(instruction)!);
  }
  return stages;
}

export const copiedFrom = (copy: Copy): string | undefined => copy.getFromFlag()?.getValue() ?? undefined;

/** Replaces `$NAME` and `${NAME}`, as Docker does outside of RUN and of commands. */
export const expand = (text: string, values: Record<string, string>): string =>
  text.replace(/\$\{?([A-Z_]+)\}?/g, (_, name: string) => values[name] ?? '');

/** The pairs of an ENV. */
export const settings = (env: Env): Record<string, string> =>
  Object.fromEntries(env.getProperties().map((property) => [property.getName(), property.getValue() ?? '']));

/** The words of a CMD or a HEALTHCHECK. @throws unless they are written as JSON, which needs no shell */
export function words(instruction: Instruction): string[] {
  if (instruction instanceof Healthcheck) return parseWords(instruction.getArgumentsContent()!.replace(/^CMD\s+/, ''));
  if (instruction instanceof JSONInstruction) return parseWords(instruction.getArgumentsContent()!);
  throw new Error(`It has no words: ${instruction.toString()}`);
}

const parseWords = (json: string): string[] => JSON.parse(json) as string[];
