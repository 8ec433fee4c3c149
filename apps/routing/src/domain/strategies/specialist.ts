import type { Facts } from '@headwater/rules';
import { nextInTurn, type Matter, type RoutingStrategy } from './strategy';

/** Where nothing else is said, a lead asks for who knows its industry, or the products that it names. */
const USUAL_FIELDS = ['industry', 'custom_fields.product'];

/** Who knows what the lead asks for, in turn: one skill of it is enough. A lead that asks for nothing is for nobody of the pool. */
export const specialist: RoutingStrategy = {
  name: 'specialist',
  unsuited({ skills, languages }, matter) {
    const needs = needsOf(matter);
    if (needs.length === 0) return 'the lead asks for no specialist';
    return needs.some((need) => skills.includes(need) || languages.includes(need)) ? null : `knows none of ${needs.join(', ')}`;
  },
  pick: (question) => ({ ...nextInTurn(question), because: `next in turn of those who know ${needsOf(question).join(' or ')}` }),
};

function needsOf({ lead, options }: Matter): string[] {
  const values = (options.fields ?? USUAL_FIELDS).map((field) => valueOf(lead, field)).flat();
  return [...new Set(values.filter((value) => typeof value === 'string').map((value) => value.trim().toLowerCase()))].filter(Boolean);
}

function valueOf(lead: Facts, field: string): unknown {
  const custom = /^custom_fields\.(.+)$/.exec(field)?.[1];
  return custom === undefined ? lead[field] : (lead.custom_fields as Facts | null | undefined)?.[custom];
}
