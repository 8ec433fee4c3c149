import {
  BANT,
  type CopilotAnswer, type CopilotLanguage, type CopilotQualification, type CopilotQuestion, type MailTemplate,
} from '@headwater/contracts';
import { dimensionsOf, type Dimension } from './dimensions';
import { draftEmail } from './draft-email';
import { hotnessOf } from './hotness';
import type { LeadRecord } from './lead-record';
import { nextAction } from './next-action';
import { cited, type Said } from './say';

/** What the rules answer, in their own words: the same record gets the same answer. @param templates the tenant's own */
export function answer(record: LeadRecord, { ask, language }: CopilotQuestion, templates: readonly MailTemplate[]): CopilotAnswer {
  const dimensions = dimensionsOf(record);
  const { action, reason, request, ...why } = nextAction(record, dimensions);
  return {
    lead_id: record.lead_id, ask, at: record.now, source: 'built_in', ...asked(ask, record, dimensions, language ?? null, templates),
    next_action: { action, ...told(why), reason, request },
  };
}

type Asked = Pick<CopilotAnswer, 'qualification' | 'hotness' | 'email'>;

function asked(
  ask: CopilotQuestion['ask'], record: LeadRecord, dimensions: Dimension[], language: CopilotLanguage | null, templates: readonly MailTemplate[],
): Asked {
  switch (ask) {
    case 'qualify': return { qualification: qualification(dimensions) };
    case 'is_hot': {
      const { is_hot, reasons } = hotnessOf(record);
      return { hotness: { is_hot, reasons: reasons.map(told) } };
    }
    case 'draft_email': return { email: draftEmail(record, templates, language) };
    case 'next_action': return {};
  }
}

const CONFIRMED_TO_QUALIFY = 2;

function qualification(dimensions: Dimension[]): CopilotQualification {
  const confirmed = dimensions.filter(({ status }) => status === 'confirmed').length;
  const enough = dimensions.every(({ status }) => status === 'partial' || status === 'confirmed');
  return {
    score: dimensions.reduce((sum, { score }) => sum + score, 0),
    verdict: dimensions.some(({ against }) => against) ? 'not_qualified' : enough && confirmed >= CONFIRMED_TO_QUALIFY ? 'qualified' : 'open',
    dimensions: dimensions.map(({ dimension, status, score, ...said }) => ({ dimension, status, score, ...told(said) })),
    missing: BANT.filter((name) => dimensions.some(({ dimension, status }) => dimension === name && status === 'unknown')),
  };
}

const told = ({ because, facts }: Said): Said => ({ because, facts: cited(facts) });
