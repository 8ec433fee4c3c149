import fc from 'fast-check';
import { record, records } from '../../../test/copilot-records';
import { checkTemplates } from './check-templates';
import { DEFAULT_TEMPLATES } from './default-templates';
import { draftEmail } from './draft-email';

const template = (given: object) => ({ name: 'ours', language: 'en' as const, subject: 'Hello', body: 'Hello', ...given });
const errorsOf = (given: object) => checkTemplates({ templates: [template(given)] }).map(({ field, code }) => `${field} ${code}`);
const SARAH = { first_name: 'Sarah', full_name: 'Sarah Johnson', company_name: 'TechCorp Inc', job_title: 'CTO', industry: 'technology' };

describe('a template', () => {
  it('of the product is one as anybody may write', () => expect(checkTemplates({ templates: [...DEFAULT_TEMPLATES] })).toEqual([]));

  it.each([
    ['a field that there is not', { body: '{{revenue}}' }, ['templates.0.body unknown_field']], ['what every object has', { body: '{{constructor}}' }, ['templates.0.body unknown_field']],
    ['a path', { body: '{{first_name.length}}' }, ['templates.0.body unknown_field']], ['a partial', { body: '{{> other}}' }, ['templates.0.body not_allowed']],
    ['other delimiters', { subject: '{{=<% %>=}}' }, ['templates.0.subject not_allowed']], ['a section that is left open', { body: '{{#owner}}' }, ['templates.0.body broken_template']],
    ['a condition over nothing', { when: { field: 'shoe_size', op: 'eq', value: 1 } }, ['templates.0.when.field unknown_field']],
    ['sections in sections', { body: `${'{{#owner}}'.repeat(7)}${'{{/owner}}'.repeat(7)}` }, ['templates.0.body too_deep']],
  ])('is refused for %s', (_what, given, errors) => expect(errorsOf(given)).toEqual(errors));

  it('has a name of its own', () =>
    expect(checkTemplates({ templates: [template({}), template({})] })).toMatchObject([{ field: 'templates.1.name', code: 'duplicate' }]));
});

describe('a first mail', () => {
  it('greets by name, and asks what people of the industry think about', () => {
    const { subject, body, to, template: name, facts } = draftEmail(record({ lead: SARAH, routing: { owner: 'Dana Kim' } }), [], null);
    expect({ subject, to, name }).toEqual({ subject: 'A question about TechCorp Inc', to: 'ito@example.com', name: 'default en, problem, technology' });
    expect(body).toBe('Hello Sarah,\n\nthank you for your interest.\n\nAs CTO at TechCorp Inc you will know best: how does TechCorp Inc keep up while the product grows?\n\n'
      + 'If that is on your mind, I would like to hear how you deal with it. Would a short call suit you?\n\nKind regards\nDana Kim');
    expect(facts.map(({ field }) => field).sort()).toEqual(['lead.company_name', 'lead.email', 'lead.first_name', 'lead.job_title', 'routing.owner']);
  });

  it('is German for whoever is in Germany, unless English is asked for', () => {
    const lead = record({ lead: { ...SARAH, country: 'DE' } });
    expect(draftEmail(lead, [], null).body).toMatch(/^Guten Tag Sarah Johnson,/);
    expect(draftEmail(lead, [], 'en').body).toMatch(/^Hello Sarah,/);
  });

  it('thanks for what the lead did', () => {
    const demo = { part: 'behavioral' as const, rule: 'signal.demo_request', points: 2_500, because: '1 × demo_request, the latest within a day' };
    const draft = draftEmail(record({ score: { contributions: [demo] } }), [], null);
    expect(draft).toMatchObject({ awareness: 'vendor', subject: 'Your demo', facts: expect.arrayContaining([{ field: 'score.contributions.signal.demo_request', value: demo.because }]) as unknown });
    expect(draft.body).toContain('thank you for asking for a demo.');
  });

  it('is by the first own template that fits', () => {
    const own = [
      template({ name: 'banks', when: { field: 'industry', op: 'eq', value: 'finance' }, body: 'To a bank' }), template({ name: 'all', subject: 'For {{company_name}}', body: 'Hi {{first_name}}' }),
    ];
    expect(draftEmail(record({ lead: SARAH }), own, null)).toMatchObject({ template: 'all', subject: 'For TechCorp Inc', body: 'Hi Sarah' });
    expect(draftEmail(record({ lead: { ...SARAH, industry: 'finance' } }), own, null)).toMatchObject({ template: 'banks', body: 'To a bank' });
  });

  it('takes values for values, whatever stands in them', () => {
    const lead = record({ lead: { first_name: '{{owner}} <b>&\r\nBcc: all', company_name: '{{#x}}' }, routing: { owner: 'Dana' } });
    expect(draftEmail(lead, [template({ subject: '{{first_name}}', body: '{{company_name}}' })], null)).toMatchObject({ subject: '{{owner}} <b>& Bcc: all', body: '{{#x}}' });
  });

  it('goes to nobody who does not want it', () => expect(draftEmail(record({ lead: { email_opt_out: true } }), [], null).to).toBeNull());

  it('is there in both languages for every lead, with a template of its awareness, and nothing left unfilled', () => fc.assert(fc.property(records, fc.constantFrom('en' as const, 'de' as const), (lead, language) => {
    const { subject, body, awareness, template: name } = draftEmail(lead, [], language);
    expect(name).toMatch(new RegExp(`^default ${language}, ${awareness}, `));
    expect(subject).not.toBe('');
    expect(subject + body).not.toMatch(/\{\{|\}\}|undefined|null/);
  })));
});
