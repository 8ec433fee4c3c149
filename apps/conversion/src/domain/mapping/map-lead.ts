import type { ConversionMapping, IntakeState, MappedValue, RecordOverrides, Warning } from '@headwater/contracts';
import { ENTITIES, placeOf, presence, readSource, targetOf, type Entity } from './fields';
import { holds, nameOf } from './property';

export type Values = Record<string, unknown>;

/** What a lead says of each record that it becomes, by field. */
export interface Mapped {
  values: Record<Entity, Values>;
  /** each field that got a value, and from where */
  lines: MappedValue[];
  warnings: Warning[];
}

/**
 * Carries a lead's fields to the records that it becomes.
 * @param overrides what the caller says instead of the lead: it goes before whatever is mapped, and may be null
 */
export function mapLead({ fields }: ConversionMapping, lead: IntakeState, overrides: RecordOverrides = {}): Mapped {
  const mapped: Mapped = { values: { account: {}, contact: {}, customer: {}, opportunity: {} }, lines: [], warnings: [] };
  for (const { to, from } of fields) {
    const given = from.map((source) => ({ source, value: readSource(lead, source) })).find(({ value }) => value !== null);
    if (given) carry(mapped, to, given.source, given.value);
  }
  for (const entity of ENTITIES) {
    for (const [field, value] of Object.entries(overrides[entity] ?? {})) carry(mapped, `${entity}.${field}`, 'override', presence(value));
  }
  return mapped;
}

function carry(mapped: Mapped, to: string, from: string, value: unknown): void {
  const target = targetOf(to);
  if (target && value !== null && !holds(target, value)) {
    mapped.warnings.push({ code: 'mapped_value_unfit', detail: `${from} was not carried to ${to}, which takes ${nameOf(target)}`, field: to });
    return;
  }
  const { entity, field, key } = placeOf(to);
  const values = mapped.values[entity];
  // A document of custom fields and single keys of it come together.
  if (field === 'custom_fields' && value !== null) values.custom_fields = { ...values.custom_fields as object, ...(key === null ? value as object : { [key]: value }) };
  else values[field] = value;
  mapped.lines = [...mapped.lines.filter((line) => line.to !== to), { to, from, value }];
}
