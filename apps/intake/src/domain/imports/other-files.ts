import { DomainError } from '@headwater/contracts';

interface Kind { begins: number[]; what: string; advice: string }

/** What people send for a CSV file, by the first bytes of it. */
const KINDS: readonly Kind[] = [
  { begins: [0x50, 0x4b, 0x03, 0x04], what: 'an Excel workbook or a ZIP archive', advice: 'save the sheet as CSV' },
  { begins: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook', advice: 'save the sheet as CSV' },
  { begins: [0x1f, 0x8b], what: 'gzip', advice: 'send it with Content-Encoding: gzip' },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], what: 'zstd', advice: 'send it plain, or as gzip' },
  { begins: [0x25, 0x50, 0x44, 0x46], what: 'a PDF', advice: 'send a CSV file' },
];

/** @throws DomainError 422 for a file that is none of text, with what to do instead */
export function refuseOtherFiles(beginning: Buffer): void {
  if (beginning.length === 0) throw DomainError.invalidField('(body)', 'empty_file', 'The file is empty');
  const kind = KINDS.find(({ begins }) => begins.every((byte, i) => beginning[i] === byte));
  if (kind) throw DomainError.invalidField('(body)', 'wrong_file', `The file is ${kind.what}: ${kind.advice}`);
}
