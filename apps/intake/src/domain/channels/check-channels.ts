import type { FieldError } from '@headwater/contracts';
import { checkCondition } from '@headwater/rules';
import { CHANNEL_FIELDS, type ChannelTable } from './channel-table';

/** Everything that keeps a document of the right shape from being a channel table; empty when it is one. */
export function checkChannels({ rules }: ChannelTable): FieldError[] {
  const names = rules.map(({ name }) => name.trim().toLowerCase());
  return rules.flatMap(({ when }, i) => [
    ...checkName(names, i),
    ...checkCondition(when, CHANNEL_FIELDS).map(({ path, code, message }) =>
      ({ field: `rules.${i}.when${path.replaceAll('/', '.')}`, code, detail: message })),
  ]);
}

/** Without case and outer blanks, so that no two look alike in an explanation. */
function checkName(names: string[], i: number): FieldError[] {
  const field = `rules.${i}.name`;
  if (names[i] === '') return [{ field, code: 'required', detail: `${field} must not be empty` }];
  return names.indexOf(names[i]) < i ? [{ field, code: 'duplicate', detail: `"${names[i]}" is there twice` }] : [];
}
