import type { ConversionMapping, FieldError, MappedField } from '@headwater/contracts';
import { REQUIRED, sourceOf, targetOf } from './fields';
import { nameOf, whyUnfit } from './property';

/** Everything that keeps a document of the right shape from being a mapping; empty when it is one. */
export function checkMapping({ fields }: ConversionMapping): FieldError[] {
  const targets = fields.map(({ to }) => to);
  return [
    ...fields.flatMap((field, i) => checkField(field, i, targets.indexOf(field.to))),
    ...REQUIRED.filter((to) => !targets.includes(to)).map((to) => ({
      field: 'fields', code: 'missing_required', detail: `Nothing is mapped to ${to}, which every conversion needs`,
    })),
  ];
}

function checkField({ to, from }: MappedField, i: number, first: number): FieldError[] {
  const at = `fields.${i}`;
  const target = targetOf(to);
  if (!target) return [{ field: `${at}.to`, code: 'unknown_target', detail: `There is no field ${to} to map to` }];
  if (first < i) return [{ field: `${at}.to`, code: 'mapped_twice', detail: `${to} is mapped twice, first in fields.${first}` }];
  if (from.length === 0) return [{ field: `${at}.from`, code: 'required', detail: `${to} needs a field of the lead to come from` }];
  return from.flatMap((name, j): FieldError[] => {
    const field = `${at}.from.${j}`;
    const source = sourceOf(name);
    if (!source) return [{ field, code: 'unknown_source', detail: `A lead has no field ${name}` }];
    const code = whyUnfit(source, target);
    return code ? [{ field, code, detail: `${name} is ${nameOf(source)}, and ${to} takes ${nameOf(target)}` }] : [];
  });
}
