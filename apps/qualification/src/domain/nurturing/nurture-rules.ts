import type { NurtureRules } from '@headwater/contracts';
import type { FieldCatalogue } from '@headwater/rules';
import { LEAD_FIELDS, SCORE_FIELDS } from '../lead-facts';

/** What every tenant begins with: nobody is enrolled without being told to, and these bring a lead back. */
export const DEFAULT_RULES: NurtureRules = {
  stage: 'problem',
  enrol: [],
  exits: [
    { name: 'Demo request', when: { field: 'signal.type', op: 'eq', value: 'demo_request' } },
    {
      name: 'Pricing download',
      when: { all: [{ field: 'signal.type', op: 'eq', value: 'content_download' }, { field: 'signal.about', op: 'matches_word', value: 'pricing' }] },
    },
    { name: 'Reply', when: { field: 'signal.type', op: 'in', value: ['email_reply', 'inbound_email', 'call', 'meeting'] } },
    { name: 'Hot score', when: { field: 'score.temperature', op: 'eq', value: 'hot' } },
  ],
};

/** What the condition of an exit may ask for. `signal.about` is what the properties of the signal say, as one text. */
export const EXIT_FIELDS: FieldCatalogue = { ...SCORE_FIELDS, lifecycle_stage: 'text', 'signal.type': 'text', 'signal.about': 'text', stage: 'text' };

/** What the condition of an enrolment may ask for; open leads have no reason. */
export const ENROL_FIELDS: FieldCatalogue = { ...LEAD_FIELDS, lifecycle_stage: 'text', reason: 'text' };
