import { guessField } from './connectors/guess-field';
import { BY_NAME, plain } from './field-names';
import { targetAt } from './lead-targets';

export interface TargetGuess {
  /** a path of a lead */
  path: string;
  /** 0 to 1 */
  confidence: number;
}

/** What tells whose column it is, and doesn't say more of it. */
const ABOUT_WHOM = /^(contact|lead|person|prospect|customer|account|company|organization|organisation|kunde|kontakt|interessent|client|cliente|prospecto) (?=.)/;

/** Where the values under a name like `E-Mail (geschäftlich)`, `Contact: First_Name*` or `MailingCity` belong; null for one that tells nothing. */
export function guessTarget(name: string): TargetGuess | null {
  if (targetAt(name)) return { path: name, confidence: 1 };
  const words = plain(name.replace(/\([^)]*\)|\[[^\]]*\]/gu, ' ').replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2'));
  const known = BY_NAME.get(words) ?? BY_NAME.get(words.replaceAll(' ', ''));
  if (known) return { path: known, confidence: 0.95 };
  const about = BY_NAME.get(words.replace(ABOUT_WHOM, ''));
  const asked = about ?? guessField(words);
  return asked ? { path: asked, confidence: about ? 0.8 : 0.6 } : null;
}
