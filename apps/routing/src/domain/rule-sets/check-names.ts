import { fieldError, type FieldError } from '@headwater/contracts';

/** Without case and outer blanks, so that no two look alike in a decision. */
export const asName = (name: string): string => name.trim().toLowerCase();

/** The ids of users are opaque: case may matter. */
export const asId = (id: string): string => id.trim();

/** What is empty, or given twice. */
export function distinct(values: readonly string[], plainly: (value: string) => string, pathOf: (index: number) => string): FieldError[] {
  const seen = new Set<string>();
  return values.flatMap((value, i) => {
    const plain = plainly(value);
    if (plain === '') return [fieldError(pathOf(i), 'required', `${pathOf(i)} must not be empty`)];
    if (seen.has(plain)) return [fieldError(pathOf(i), 'duplicate', `"${value}" is there twice`)];
    seen.add(plain);
    return [];
  });
}

/** PostgreSQL stores neither NUL characters nor halves of surrogate pairs. Without recursion: conditions may be of any depth. */
export function unstorableTexts(document: unknown): FieldError[] {
  const errors: FieldError[] = [];
  const left = [{ value: document, path: '' }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next;
    if (typeof value === 'string' && (value.includes('\0') || /\p{Cs}/u.test(value))) {
      errors.push(fieldError(path, 'invalid_text', `${path} has a character that can't be stored`));
    }
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) left.push({ value: inner as unknown, path: path ? `${path}.${name}` : name });
  }
  return errors;
}
