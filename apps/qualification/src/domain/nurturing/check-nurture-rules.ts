import { ENROLLED_FROM, fieldError, type FieldError, type NurtureEntry, type NurtureRules } from '@headwater/contracts';
import { checkCondition, fieldsOf, type Condition, type FieldCatalogue } from '@headwater/rules';
import { asksForSignal, isForOpen } from './compile-rules';
import { ENROL_FIELDS, EXIT_FIELDS } from './nurture-rules';

interface Rule { name: string; when?: object | null; after_days?: number | null }

/** Everything that keeps a document of the right shape from being nurture rules; empty when it is. */
export const checkNurtureRules = ({ enrol, exits }: NurtureRules): FieldError[] => [
  ...checkList('enrol', enrol, ENROL_FIELDS),
  ...checkList('exits', exits, EXIT_FIELDS),
  ...enrol.flatMap((entry, i) => [...checkFrom(entry, `enrol.${i}.from`), ...checkOpen(entry, `enrol.${i}.when`)]),
  ...exits.flatMap((exit, i) => checkExit(exit, `exits.${i}`)),
];

/** Nurturing takes a lead's stage back and its next score raises it again: a rule over it would enrol again whom somebody has taken up. */
function checkOpen({ when, from }: NurtureEntry, path: string): FieldError[] {
  const condition = checked(when, ENROL_FIELDS);
  if (!condition || !isForOpen(from ?? []) || !fieldsOf(condition).includes('lifecycle_stage')) return [];
  return [fieldError(path, 'not_of_open_leads', 'A rule for open leads can not ask for lifecycle_stage: nurturing begins it anew')];
}

function checkList(list: string, rules: readonly Rule[], fields: FieldCatalogue): FieldError[] {
  const names = rules.map(({ name }) => name.trim().toLowerCase());
  return rules.flatMap(({ name, when }, i) => [
    ...(names[i] === '' ? [fieldError(`${list}.${i}.name`, 'required', `${list}.${i}.name must not be empty`)] : []),
    ...(names.indexOf(names[i]) < i ? [fieldError(`${list}.${i}.name`, 'duplicate', `"${name}" is there twice`)] : []),
    ...(when == null ? [] : checkCondition(when, fields).map(({ path, code, message }) =>
      fieldError(`${list}.${i}.when${path.replaceAll('/', '.')}`, code, message))),
  ]);
}

function checkFrom({ from }: NurtureEntry, path: string): FieldError[] {
  if (from == null) return [];
  if (from.length === 0) return [fieldError(path, 'required', `${path} must name a status`)];
  return from.flatMap((status, i) => (ENROLLED_FROM.includes(status) ? []
    : [fieldError(`${path}.${i}`, 'unknown_value', `${path}.${i} must be one of ${ENROLLED_FROM.join(', ')}`)]));
}

/** On a day nothing happens that could be asked about. */
function checkExit({ when, after_days }: Rule, path: string): FieldError[] {
  if (when == null && after_days == null) return [fieldError(`${path}.when`, 'required', 'An exit needs a condition, a number of days, or both')];
  const condition = checked(when, EXIT_FIELDS);
  if (after_days != null && condition && asksForSignal(condition)) {
    return [fieldError(`${path}.when`, 'no_signal_then', 'On a day there is no signal to ask about: leave out after_days, or signal')];
  }
  return [];
}

/** Null of what is no condition: that is told of elsewhere. */
const checked = (when: object | null | undefined, fields: FieldCatalogue): Condition | null =>
  (when != null && checkCondition(when, fields).length === 0 ? when as Condition : null);
