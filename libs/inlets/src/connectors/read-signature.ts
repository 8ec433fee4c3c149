import type { Answer } from './connector';

const LABELS: readonly (readonly [field: string, RegExp])[] = [
  ['mobile', /^(?:mobile|mobil|cell|cell phone|handy|m|móvil|portable)\s*[.:]+\s*(.+)$/i],
  ['phone', /^(?:phone|telephone|tel|office|direct|t|p|telefon|fon|tél|téléphone|teléfono)\s*[.:]+\s*(.+)$/i],
  ['company_name', /^(?:company|organi[sz]ation|firma|unternehmen|société|empresa)\s*:\s*(.+)$/i],
  ['job_title', /^(?:title|job title|position|role|funktion|poste|cargo)\s*:\s*(.+)$/i],
  ['website', /^(?:web|website|www|homepage|internet)\s*:\s*(\S+\.\S+)$/i],
];
const NUMBER = /^\+?[\d\s()./-]{7,30}(?:\s*(?:ext|x|durchwahl)\.?\s*\d{1,6})?$/i;
/** A signature stands at the end; a line far above it that looks like one of its lines isn't one. */
const MOST_LINES = 12;
const LONGEST = 120;

/** Phone, company, title and website of the sender, where the last lines of an e-mail say which is which. */
export function readSignature(text: string): Answer[] {
  const lines = text.split('\n').map((line) => line.trim());
  const marked = lines.findLastIndex((line) => /^--\s?$/.test(line));
  const block = (marked >= 0 ? lines.slice(marked + 1) : lines).filter(Boolean).slice(-MOST_LINES);
  const parts = block.flatMap((line) => line.split(/\s+[|•·]\s+/)).filter((part) => part.length <= LONGEST);
  return parts.flatMap((part) => {
    const found = LABELS.map(([field, label]) => [field, label.exec(part)?.[1].trim()] as const).find(([, value]) => value);
    if (!found) return [];
    const [field, value] = found;
    const isNumber = field === 'phone' || field === 'mobile';
    return isNumber && !NUMBER.test(value as string) ? [] : [{ name: `signature_${field}`, field, value }];
  });
}
