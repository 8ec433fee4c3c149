import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import { makeExactValidator, type ExactValidator } from 'envalid';

/** Throws when a text is not what a variable expects, in words that don't repeat it: it may be a secret. */
export type Shape = (text: string) => void;

/** What a declaration says of a variable whose value may also stand in the file that `<name>_FILE` names. */
export interface MaterialMarks {
  readonly shape: Shape;
  readonly isSecret: boolean;
}

interface Source { variable: string; path: string; shape: Shape }

/**
 * A secret, or what else connections are made with: given itself, or as a file, which is read again when it is used. It
 * shows itself in no log, whoever prints the object that holds it.
 */
export class Material {
  readonly #source?: Source;
  #text: string;
  #readAt = 0;
  #complaint?: string;

  private constructor(text: string, source?: Source) {
    this.#text = text;
    this.#source = source;
    this.#readAt = performance.now();
  }

  static given(text: string): Material {
    return new Material(text);
  }

  /** @param variable which names the file, `DATABASE_PASSWORD_FILE`  @throws when the file can't be read, is empty, or holds something else */
  static inFile(variable: string, path: string, shape: Shape): Material {
    return new Material(readMaterial(path, shape), { variable, path, shape });
  }

  /**
   * What holds now. A file that has become unreadable or wrong leaves what held before, and a line in the log: whoever
   * writes it anew may not be done yet.
   * @param maxAgeMs how old the answer may be, for what is asked at every request
   */
  read(maxAgeMs = 0): string {
    if (this.#source && performance.now() - this.#readAt >= maxAgeMs) this.#readAgain(this.#source);
    return this.#text;
  }

  #readAgain({ variable, path, shape }: Source): void {
    this.#readAt = performance.now();
    try {
      this.#text = readMaterial(path, shape);
      this.#complaint = undefined;
    } catch (error) {
      const complaint = (error as Error).message;
      if (complaint !== this.#complaint) new Logger('Configuration').error(`${variable}: ${complaint}; what it held before stays in use`);
      this.#complaint = complaint;
    }
  }

  toString(): string {
    return '[not shown]';
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** Declares variables that hold a secret: `const password = secret(anything)`, then `password({ desc: … })`. */
export const secret = (shape: Shape): ExactValidator<Material> => declare({ shape, isSecret: true });

/** Declares variables that are no secret, but come as a file just like one: certificates. */
export const material = (shape: Shape): ExactValidator<Material> => declare({ shape, isSecret: false });

export const isMaterial = (spec: object): spec is MaterialMarks => 'shape' in spec;

function declare(marks: MaterialMarks): ExactValidator<Material> {
  const validator = makeExactValidator((text) => {
    check(text, marks.shape);
    return Material.given(text);
  });
  return ((spec) => ({ ...validator(spec), ...marks })) as ExactValidator<Material>;
}

function check(text: string, shape: Shape): void {
  if (text === '') throw new Error('is empty');
  shape(text);
}

/** Editors and `echo` end a file with a line break, which is never meant. */
function readMaterial(path: string, shape: Shape): string {
  const text = contentOf(path).replace(/[\r\n]+$/, '');
  try {
    check(text, shape);
  } catch (error) {
    throw new Error(`the file ${path} ${(error as Error).message}`, { cause: error });
  }
  return text;
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(code === 'ENOENT' ? `there is no file ${path}` : `the file ${path} can't be read (${code})`, { cause: error });
  }
}
