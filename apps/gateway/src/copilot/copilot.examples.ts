import { DomainError, type CopilotAction, type CopilotAnswer, type CopilotSettings } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { CONVERTED, OWNER, SENT } from '../leads/example-lead';

const AT = '2026-03-09T14:40:11.120Z';
const NOTE = '0192f3c4-5f60-4f0e-9b1d-2f8f6f1f7a10';
const TITLE = { field: 'lead.job_title', value: SENT.job_title };

const NEXT: CopilotAction = {
  action: 'convert', because: 'It is qualified', facts: [{ field: 'standing.status', value: 'qualified' }], reason: null,
  request: { method: 'POST', path: `/api/v1/crm/leads/${EXAMPLE_IDS.Lead}/convert`, body: { create_customer: true } },
};
const answered = (more: Pick<CopilotAnswer, 'ask'> & Partial<CopilotAnswer>) => ({
  message: 'Answered', data: { lead_id: EXAMPLE_IDS.Lead, at: AT, source: 'built_in', ...more, next_action: NEXT } satisfies CopilotAnswer,
});
const said = (words: string) => ({
  because: `A note of 2026-03-09 says "${words}"`, facts: [{ field: `notes.${NOTE}.at`, value: '2026-03-09' }, { field: `notes.${NOTE}.text`, value: words }],
});
const counts = (rule: string, because: string) => ({ because: `It counts for the lead that ${because}`, facts: [{ field: `score.contributions.${rule}`, value: because }] });

export const askCopilot = {
  qualify: {
    summary: 'Qualify this lead', body: { ask: 'qualify' },
    answer: answered({
      ask: 'qualify', qualification: {
        score: 90, verdict: 'qualified', missing: [], dimensions: [
          { dimension: 'budget', status: 'confirmed', score: 25, ...said('Budget $75K approved Q1') },
          { dimension: 'authority', status: 'confirmed', score: 25, ...said('Authority confirmed (CTO decision maker)') },
          { dimension: 'need', status: 'partial', score: 15, ...said('Need is integration platform for scaling operations') },
          { dimension: 'timeline', status: 'confirmed', score: 25, ...said('Timeline is 90 days for implementation.') },
        ],
      },
    }),
  },
  is_hot: {
    summary: 'Is this a hot lead?', body: { ask: 'is_hot' },
    answer: answered({
      ask: 'is_hot', hotness: {
        is_hot: true, reasons: [
          {
            because: 'The score is 90, the temperature hot',
            facts: [{ field: 'score.total_score', value: 90 }, { field: 'score.temperature', value: 'hot' }, { field: 'score.is_hot', value: true }],
          },
          counts('seniority', 'job title has "cto": c_level'), counts('industry', 'industry technology is in tier top'), counts('company_size', 'employees 250 is at least 201'),
        ],
      },
    }),
  },
  next_action: { summary: 'What now?', body: { ask: 'next_action' }, answer: answered({ ask: 'next_action' }) },
  draft_email: {
    summary: 'Draft an intro email', body: { ask: 'draft_email', language: 'en' },
    answer: answered({
      ask: 'draft_email', email: {
        to: SENT.email, subject: 'A question about TechCorp Inc',
        body: 'Hello Sarah,\n\nthank you for your interest.\n\nAs CTO at TechCorp Inc you will know best: how does TechCorp Inc keep up while the product grows?\n\nIf that is on your '
          + `mind, I would like to hear how you deal with it. Would a short call suit you?\n\nKind regards\n${OWNER.name}`,
        language: 'en', awareness: 'problem', template: 'default en, problem, technology',
        facts: [
          { field: 'lead.email', value: SENT.email }, { field: 'lead.company_name', value: SENT.company_name }, { field: 'lead.first_name', value: SENT.first_name }, TITLE,
          { field: 'routing.owner', value: OWNER.name },
        ],
      },
    }),
  },
  unknown_ask: {
    summary: 'Something that it is not asked', body: { ask: 'write_poem' },
    ...refused(DomainError.invalidField('ask', 'unknown_value', 'ask must be one of qualify, is_hot, next_action, draft_email')),
  },
  lead_locked: {
    summary: 'A converted lead', body: { ask: 'qualify' }, ...refused(DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted: CONVERTED })),
  },
} satisfies Examples;

const SETTINGS: CopilotSettings = {
  use_model: false, templates: [{
    name: 'banks', language: 'en', when: { field: 'industry', op: 'eq', value: 'finance' }, subject: 'A question about {{company_name}}',
    body: 'Hello {{first_name}},\n\nwho at {{company_name}} looks after audits?\n\nBest\n{{owner}}',
  }],
};
const stored = { version: 1, document: SETTINGS, created_by: 'CRM sync', created_at: '2026-03-01T09:00:00.000Z' };

export const getCopilotSettings = { own: { summary: 'Of its own', answer: { message: 'Settings found', data: stored } } } satisfies Examples;

export const replaceCopilotSettings = {
  own: { summary: 'A mail of their own to banks', body: SETTINGS, answer: { message: 'Settings replaced', data: stored } },
  unknown_field: {
    summary: 'A mail that tells what it must not', body: { templates: [{ ...SETTINGS.templates[0], body: 'You make {{annual_revenue}}' }] },
    ...refused(DomainError.invalidField('templates.0.body', 'unknown_field',
      'templates.0.body: there is no {{annual_revenue}}; there are salutation, first_name, last_name, full_name, company_name, job_title, city, owner, asked_for_demo, saw_prices, '
      + 'came_to_webinar, downloaded, filled_in_form, wrote, called')),
  },
} satisfies Examples;
