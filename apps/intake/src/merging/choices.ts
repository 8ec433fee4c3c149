import { DomainError, LeadProfile, type MergeChoice, type MergeChoices, type MergeLeads, type QuestionOf } from '@headwater/contracts';
import { compileValidator } from '@headwater/platform';

export type Choices = Pick<QuestionOf<typeof MergeLeads>, 'context' | 'lead_id' | 'lead_ids' | 'fields' | 'expected_revisions'>;

const validate = compileValidator(LeadProfile, { closed: true });

/** What a person chose, as far as it can be told without the leads. @throws DomainError 422 with the fields that are wrong */
export function assertChoices(given: unknown): MergeChoices {
  const choices = (given ?? {}) as Record<string, unknown>;
  for (const [field, choice] of Object.entries(choices)) {
    const name = `fields.${field}`.slice(0, 200);
    if (!isChoice(choice)) throw DomainError.invalidField(name, 'wrong_type', `${name} must say either from which lead or which value`);
    if ('value' in choice) assertValue(field, choice.value);
  }
  return choices as MergeChoices;
}

function isChoice(choice: unknown): choice is MergeChoice {
  if (typeof choice !== 'object' || choice === null) return false;
  const [name, ...others] = Object.keys(choice);
  return others.length === 0 && (name === 'value' || (name === 'from' && Number.isSafeInteger((choice as { from: unknown }).from)));
}

function assertValue(field: string, value: unknown): void {
  try {
    validate({ [field]: value });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw DomainError.invalid((error.body.errors ?? []).map(({ field: path, ...rest }) => ({ ...rest, field: `fields.${path}`.slice(0, 200) })));
  }
}
