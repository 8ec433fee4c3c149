import type { NurtureRules } from '@headwater/contracts';
import type { FieldCatalogue } from '@headwater/rules';

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

const SCORE_FIELDS: FieldCatalogue = {
  'score.total': 'number', 'score.behavioral': 'number', 'score.demographic': 'number', 'score.grade': 'text', 'score.temperature': 'text', lifecycle_stage: 'text',
};

/** What the condition of an exit may ask for. `signal.about` is what the properties of the signal say, as one text. */
export const EXIT_FIELDS: FieldCatalogue = { ...SCORE_FIELDS, 'signal.type': 'text', 'signal.about': 'text', stage: 'text' };

/** What the condition of an enrolment may ask for; `custom_fields.<key>` needs no declaration. */
export const ENROL_FIELDS: FieldCatalogue = {
  ...SCORE_FIELDS, reason: 'text', tags: 'text_list', industry: 'text', country: 'text', employees: 'number', job_title: 'text',
  source: 'text', channel: 'text', entry: 'text', campaign: 'text',
};
