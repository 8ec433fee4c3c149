import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SERVICES } from '../../libs/contracts/src';
import { ROOT, type Installation } from './installation';

const run = promisify(execFile);

/** A page of docs/operations whose commands a test runs as they stand there, each block by its first line. */
export class Page {
  private readonly blocks: Map<string, string>;

  constructor(name: string, private readonly installation: Installation) {
    const text = readFileSync(join(ROOT, 'docs/operations', name), 'utf8');
    const found = [...text.matchAll(/^```sh\n# (.+)\n([\s\S]*?)^```$/gm)];
    this.blocks = new Map(found.map(([, title, commands]) => [title!, commands!]));
  }

  /** @returns what the block prints. @throws when the page has no such block, or a command of it fails */
  async follow(title: string): Promise<string> {
    const block = this.blocks.get(title);
    if (!block) throw new Error(`The page has no block "${title}"; it has ${[...this.blocks.keys()].join(', ')}`);
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', `${this.prelude()}\n${block}`], {
      cwd: ROOT, env: this.installation.operatorEnvironment, timeout: 120_000,
    });
    return stdout;
  }

  /** What the pages say that an operator has: a way to run a service's command, and one to ask a service. */
  private prelude(): string {
    const environments = SERVICES.map((service) => {
      const variables = Object.entries(this.installation.environment(service)).map(([name, value]) => `${name}='${value}'`).join(' ');
      return `    ${service}) env ${variables} node apps/${service}/dist/main.js "$2" ;;`;
    });
    const urls = SERVICES.map((service) => `    ${service}) curl -s "${this.installation.url(service)}$2" ;;`);
    return [`service() { case $1 in\n${environments.join('\n')}\n  esac; }`, `at() { case $1 in\n${urls.join('\n')}\n  esac; }`].join('\n');
  }
}
