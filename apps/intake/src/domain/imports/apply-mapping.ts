import { DomainError, type FieldError, type ImportColumn } from '@headwater/contracts';
import { targetAt } from '@headwater/inlets';

/**
 * Puts what somebody said of columns in place of what was guessed.
 * @param mapping by a column's header, or its number from 0
 * @throws DomainError 422 for a column or a field that is not there, and for a field that two columns would fill
 */
export function applyMapping(columns: ImportColumn[], mapping: Record<string, unknown>): ImportColumn[] {
  const mapped = columns.map((column) => ({ ...column }));
  const errors: FieldError[] = [];
  const said = new Set<ImportColumn>();
  for (const [name, field] of Object.entries(mapping)) {
    const column = columnNamed(mapped, name);
    const problem = problemOf(column, field);
    if (problem) errors.push({ field: `mapping.${name.slice(0, 100)}`, ...problem });
    if (!column || problem) continue;
    Object.assign(column, { field: field as string | null, confidence: 1 });
    said.add(column);
  }
  if (errors.length > 0) throw DomainError.invalid(errors);
  for (const column of mapped) {
    const others = mapped.filter((other) => other !== column && column.field !== null && other.field === column.field);
    // Said against guessed: what was said counts.
    if (others.some((other) => said.has(other)) && !said.has(column)) Object.assign(column, { field: null, confidence: 0 });
    else if (others.some((other) => said.has(other)) && said.has(column)) {
      throw DomainError.invalidField(`mapping.${column.header.slice(0, 100)}`, 'field_twice', `${column.field} is filled by another column as well`);
    }
  }
  return mapped;
}

const columnNamed = (columns: ImportColumn[], name: string): ImportColumn | undefined =>
  columns.find(({ header }) => header === name.trim()) ?? (/^\d{1,3}$/.test(name) ? columns[Number(name)] : undefined);

function problemOf(column: ImportColumn | undefined, field: unknown): Omit<FieldError, 'field'> | null {
  if (!column) return { code: 'unknown_column', detail: 'The file has no such column' };
  if (field === null) return null;
  if (typeof field !== 'string' || !targetAt(field)) {
    return { code: 'unknown_field', detail: 'A column is read into a field of a lead, custom_fields.NAME, or null' };
  }
  return null;
}
