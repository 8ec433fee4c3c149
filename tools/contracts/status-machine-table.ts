import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changed, type Stale } from './documents';
import { withSection } from './page-sections';

const PAGE = join('docs', 'status-machine.md');

/** The table in `apps/qualification/src/domain/status-machine.ts`: by status, where a PATCH leads and what each command goes through. */
interface MachineModule {
  COMMANDS: readonly string[];
  STATUS_MACHINE: Record<string, { patch: readonly string[] } & Record<string, readonly string[] | null>>;
}

/** @param folder of the service that holds what this process can run: `dist`, or for tests `src` */
export async function staleStatusMachine(repository: string, folder: 'dist' | 'src' = 'dist'): Promise<Stale[]> {
  const page = readFileSync(join(repository, PAGE), 'utf8');
  const machine = await import(require.resolve(join(repository, 'apps', 'qualification', folder, 'domain', 'status-machine'))) as MachineModule;
  return changed(repository, new Map([[PAGE, withSection(page, 'machine', statusMachineTable(machine))]]));
}

function statusMachineTable({ COMMANDS, STATUS_MACHINE }: MachineModule): string {
  const rows = Object.entries(STATUS_MACHINE).map(([status, moves]) =>
    [`**${status}**`, moves.patch.join(', ') || '-', ...COMMANDS.map((command) => pathOf(moves[command]))]);
  const head = ['from', 'PATCH `status`', ...COMMANDS.map((command) => `\`${command}\``)];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function pathOf(path: readonly string[] | null): string {
  if (path === null) return '409';
  return path.length === 0 ? 'stays' : `→ ${path.join(' → ')}`;
}
