import {
  CalendarRequest, fieldError, NestedList, SlaChoice, SlaPolicyTerms, Text, type Calendar, type FieldError, type RoutingSetup, type SlaPolicies,
} from '@headwater/contracts';
import { checkCalendar } from '../calendars';
import { asName, distinct } from '../rule-sets/check-names';
import { checkPolicies } from '../sla/check-policies';

export const MOST_CALENDARS = 500;

export class SetupSlaPolicy extends SlaPolicyTerms {
  @Text(100, { description: 'name of a calendar, of `fixed`' }) fixed_calendar?: string | null;
}

/** SLA policies as a setup has them: calendars by their names. */
export class SetupSlaPolicies {
  @NestedList(() => SetupSlaPolicy, 100, { required: true }) policies: SetupSlaPolicy[];
  @NestedList(() => SlaChoice, 200, { required: true }) choices: SlaChoice[];
}

/** The parts of a setup that say when people work and by when they call; absent: they stay as they are. */
export interface SetupHours {
  readonly calendars?: readonly CalendarRequest[] | null;
  readonly sla_policies?: SetupSlaPolicies | null;
  readonly teams: readonly { readonly calendar?: string | null }[];
  readonly reps: readonly { readonly calendar?: string | null }[];
}

/** Names of calendars, plainly; null where they aren't those of the document, and nobody has looked yet. */
export const calendarsIn = ({ calendars }: SetupHours): ReadonlySet<string> | null => calendars && new Set(calendars.map(({ name }) => asName(name))) || null;

/** Whether a document names calendars that it doesn't bring along. */
export const namesCalendars = ({ sla_policies, teams, reps }: SetupHours): boolean =>
  [...teams, ...reps].some(({ calendar }) => calendar != null) || (sla_policies?.policies ?? []).some(({ fixed_calendar }) => fixed_calendar != null);

/** Everything that is wrong with calendars and policies of a document. @param names of calendars, plainly; null: any name will do */
export function checkHours(setup: SetupHours, names: ReadonlySet<string> | null): FieldError[] {
  const isThere = (name: string): boolean => names === null || names.has(asName(name));
  const goesBy = (kind: 'teams' | 'reps') => setup[kind].flatMap(({ calendar }, i) => (calendar == null || isThere(calendar) ? []
    : [fieldError(`${kind}.${i}.calendar`, 'unknown_calendar', `There is no calendar "${calendar}"`)]));
  return [...checkCalendars(setup.calendars ?? null), ...goesBy('teams'), ...goesBy('reps'), ...checkSlaPolicies(setup.sla_policies ?? null, isThere)];
}

function checkCalendars(calendars: readonly CalendarRequest[] | null): FieldError[] {
  if (!calendars) return [];
  const isOneDefault = calendars.filter(({ is_default }) => is_default).length === 1;
  return [
    ...distinct(calendars.map(({ name }) => name), asName, (i) => `calendars.${i}.name`),
    ...(isOneDefault ? [] : [fieldError('calendars', 'default_required', 'Exactly one calendar must be the default one: is_default')]),
    ...calendars.flatMap(({ time_zone = 'UTC', ...hours }, i) => checkCalendar({ time_zone, ...hours }).map(({ field, ...rest }) =>
      ({ ...rest, field: `calendars.${i}.${field}` }))),
  ];
}

function checkSlaPolicies(sla_policies: SetupSlaPolicies | null, isThere: (name: string) => boolean): FieldError[] {
  if (!sla_policies) return [];
  const byName = { field: 'fixed_calendar', named: ({ fixed_calendar }: SetupSlaPolicy) => fixed_calendar, isThere: (name: string | number) => isThere(String(name)) };
  return checkPolicies(sla_policies, byName).map(({ field, ...rest }) => ({ ...rest, field: `sla_policies.${field}` }));
}

/** The policies of a checked document, as they are kept. @param ids of calendars, by their plain names */
export function policiesFrom({ policies, choices }: SetupSlaPolicies, ids: ReadonlyMap<string, number>): SlaPolicies {
  return {
    policies: policies.map(({ fixed_calendar, ...terms }) => (fixed_calendar == null ? terms : { ...terms, calendar_id: ids.get(asName(fixed_calendar)) })), choices,
  };
}

/** Calendars and policies as a document names them; what is nothing in particular is left out. @param policies null: the tenant has none of its own */
export function hoursOf(calendars: readonly Calendar[], policies: SlaPolicies | null): Pick<RoutingSetup, 'calendars' | 'sla_policies'> {
  const names = new Map(calendars.map(({ id, name }) => [id, name]));
  return {
    ...(calendars.length === 0 ? {} : { calendars: calendars.map(calendarOf) }),
    ...(policies === null ? {} : {
      sla_policies: {
        policies: policies.policies.map(({ calendar_id, ...terms }) => (calendar_id == null ? terms : { ...terms, fixed_calendar: names.get(calendar_id) })),
        choices: policies.choices,
      },
    }),
  };
}

const calendarOf = ({ name, time_zone, follows_tenant, weekly, holidays, exceptions, countries, is_default }: Calendar): CalendarRequest => ({
  name, ...(follows_tenant ? {} : { time_zone }), weekly, ...(holidays ? { holidays } : {}), ...(exceptions.length > 0 ? { exceptions } : {}),
  ...(countries.length > 0 ? { countries } : {}), ...(is_default ? { is_default } : {}),
});
