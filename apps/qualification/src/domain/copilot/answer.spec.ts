import fc from 'fast-check';
import { COPILOT_ASKS, type BantDimension, type CitedFact, type CopilotAnswer, type CopilotAsk } from '@headwater/contracts';
import { readNotes } from '@headwater/notes';
import { changedAt, NOW, record, records, valueAt } from '../../../test/copilot-records';
import { proposalsOf } from '../assessing/propose';
import { answer } from './answer';
import { unsupported } from './check-words';
import type { LeadRecord } from './lead-record';

const asks = fc.constantFrom(...COPILOT_ASKS);
const asked = (lead: LeadRecord, ask: CopilotAsk) => answer(lead, { ask }, []);

/** Everything in an answer that is words. */
const wordsOf = ({ qualification, hotness, email, next_action }: CopilotAnswer): string[] => [
  ...(qualification?.dimensions ?? []).map(({ because }) => because), ...(hotness?.reasons ?? []).map(({ because }) => because),
  ...(email ? [email.subject, email.body] : []), next_action.because,
];
/** Whether a sentence that cites the fact repeats it, and not by chance. */
const isTold = ({ qualification, hotness, next_action }: CopilotAnswer, { field, value }: CitedFact): boolean =>
  [...qualification?.dimensions ?? [], ...hotness?.reasons ?? [], next_action].some(({ because, facts }) =>
    facts.some((fact) => fact.field === field) && String(value).length > 2 && because.includes(String(value)));
const factsOf = ({ qualification, hotness, email, next_action }: CopilotAnswer): CitedFact[] => [
  ...(qualification?.dimensions ?? []).flatMap(({ facts }) => facts), ...(hotness?.reasons ?? []).flatMap(({ facts }) => facts), ...(email?.facts ?? []), ...next_action.facts,
];

describe('over generated leads', () => {
  it('every figure and every name of an answer is in the record', () => fc.assert(fc.property(records, asks, (lead, ask) => {
    const known = JSON.stringify(lead);
    for (const words of wordsOf(asked(lead, ask))) {
      for (const figure of words.match(/\d+(?:[.,]\d+)*/g) ?? []) expect(known).toContain(figure);
      for (const name of words.match(/\bX[a-z]+/g) ?? []) expect(known).toContain(name);
    }
  })));

  it('claims nothing that the check of a model would refuse', () => fc.assert(fc.property(records, asks, (lead, ask) => {
    for (const words of wordsOf(answer(lead, { ask, language: 'en' }, []))) expect({ words, claims: unsupported(words, lead) }).toEqual({ words, claims: [] });
  })));

  it('cites facts that stand in the record', () => fc.assert(fc.property(records, asks, (lead, ask) => {
    for (const { field, value } of factsOf(asked(lead, ask))) {
      const there = valueAt(lead, field);
      if (field.startsWith('notes.') || field === 'lead.description') expect(there).toContain(value);
      else expect({ field, value: there ?? null }).toEqual({ field, value });
    }
  })));

  it('changes when a fact that it cites does', () => fc.assert(fc.property(records, asks, (lead, ask) => {
    const before = asked(lead, ask);
    for (const fact of factsOf(before)) {
      const after = asked(changedAt(lead, fact), ask);
      expect({ fact, answer: after }).not.toEqual({ fact, answer: before });
      // What is told in words changes the words.
      if (isTold(before, fact)) expect({ fact, words: wordsOf(after) }).not.toEqual({ fact, words: wordsOf(before) });
    }
  }), { numRuns: 40 }));

  it('tells what it decides, and the score is the sum of its dimensions', () => fc.assert(fc.property(records, (lead) => {
    const { qualification } = asked(lead, 'qualify');
    expect(qualification!.score).toBe(qualification!.dimensions.reduce((sum, { score }) => sum + score, 0));
    expect(asked(lead, 'is_hot').hotness!.is_hot).toBe(lead.score.is_hot);
    for (const { because, facts } of [...qualification!.dimensions, asked(lead, 'next_action').next_action]) {
      expect(because).not.toBe('');
      expect(facts).not.toEqual([]);
    }
  })));

  it('never has somebody written to or called who does not want to be', () => fc.assert(fc.property(records, (lead) => {
    const { email } = asked(lead, 'draft_email');
    if (lead.lead.email_opt_out) expect(email!.to).toBeNull();
    const { action } = asked(lead, 'next_action').next_action;
    if (action === 'send_follow_up') expect(lead.lead.email_opt_out).not.toBe(true);
    if (action === 'schedule_call') expect(lead.lead.do_not_call).not.toBe(true);
  })));
});

const withNote = (text: string, dismissed: BantDimension[] = []) => record({ notes: [{ id: 'n1', text, at: '2026-03-01T10:00:00.000Z', dismissed }] });
const dimension = (lead: LeadRecord, name: string) => asked(lead, 'qualify').qualification!.dimensions.find((one) => one.dimension === name)!;

describe('qualify', () => {
  it('reads the notes, each dimension with the words that say it', () => {
    const { qualification } = asked(withNote('Budget $75K approved Q1. CTO decision maker. They need to cut manual work. Go-live within 90 days.'), 'qualify');
    expect(qualification).toMatchObject({ score: 90, verdict: 'qualified', missing: [] });
    expect(dimension(withNote('Budget $75K approved Q1.'), 'budget').because).toBe('A note of 2026-03-01 says "Budget $75K approved Q1."');
  });

  it('gives what a note says the standing that it is proposed with', () => {
    for (const text of ['Budget $75K approved Q1. CTO decision maker. They need to cut manual work. ASAP.', 'No budget. Maria is our champion. No rush at all.', 'They have a budget. The assistant filters all calls.']) {
      const proposed = Object.fromEntries(proposalsOf(readNotes(text, '2026-03-01'), { id: null }, NOW).map(({ element, status }) => [element, status]));
      expect(proposed).not.toEqual({});
      for (const [element, status] of Object.entries(proposed)) expect(dimension(withNote(text), element)).toMatchObject({ dimension: element, status });
    }
  });

  it('leaves out what was dismissed, and goes on to what else says it', () => {
    const text = 'Budget $75K approved. CTO decision maker.';
    expect(dimension(withNote(text, ['budget']), 'budget')).toMatchObject({ status: 'unknown' });
    expect(dimension(withNote(text, ['budget']), 'authority')).toMatchObject({ status: 'confirmed' });
    const older = { id: 'n0', text: 'Budget of $20K planned.', at: '2026-02-01T10:00:00.000Z', dismissed: [] };
    const lead = withNote(text, ['budget']);
    expect(dimension({ ...lead, notes: [...lead.notes, older] }, 'budget').because).toBe('A note of 2026-02-01 says "Budget of $20K planned."');
  });

  it('takes what people assessed before what was read', () => {
    const lead = { ...withNote('Budget $75K approved.'), assessment: { budget: { status: 'weak' as const, value: 'frozen', evidence: null, by: 'Dana Kim', denied: false } } };
    expect(dimension(lead, 'budget')).toMatchObject({ status: 'weak', score: 6, because: 'It was assessed as weak by Dana Kim: frozen' });
  });

  it('says what is missing where nothing is known', () => {
    const { qualification } = asked(record(), 'qualify');
    expect(qualification).toMatchObject({ score: 0, verdict: 'open', missing: ['budget', 'authority', 'need', 'timeline'] });
  });

  it('counts what is said not to be there for nothing', () => {
    expect(dimension(withNote('No budget this year.'), 'budget')).toMatchObject({ status: 'weak', score: 0 });
    expect(asked(withNote('No budget this year.'), 'qualify').qualification!.verdict).toBe('not_qualified');
  });

  it('knows somebody by the title, as scoring does', () => {
    const seniority = { part: 'demographic' as const, rule: 'seniority', points: 1_400, because: 'job title has "cto": c_level' };
    const lead = record({ lead: { job_title: 'CTO' }, score: { contributions: [seniority] } });
    expect(dimension(lead, 'authority')).toMatchObject({ status: 'partial', because: 'The job title is CTO, of which scoring says "job title has "cto": c_level"; nobody has said who decides' });
  });
});

describe('next_action', () => {
  const action = (lead: LeadRecord) => asked(lead, 'next_action').next_action;
  const phone = { phone: '+493012345678', phone_valid: true };
  const hot = { total_score: 88, temperature: 'hot' as const, is_hot: true };

  it.each([
    ['a qualified lead', record({ standing: { status: 'qualified' } }), 'convert', 'It is qualified'],
    ['a hot one with a phone', record({ lead: phone, score: hot }), 'schedule_call', 'It is hot, with a score of 88'],
    ['a hot one that must not be called', record({ lead: { ...phone, do_not_call: true }, score: hot }), 'send_follow_up', 'It is hot, with a score of 88'],
    ['a hot one whose clock runs', record({ lead: phone, score: hot, routing: { sla: { state: 'running', due_at: '2026-03-02T09:05:00.000Z' } } }), 'schedule_call',
      'It is hot, with a score of 88; its first contact is due at 2026-03-02T09:05:00.000Z'],
    ['nobody who can be reached', record({ lead: { email: null } }), 'disqualify', 'There is neither a mail address nor a phone number that works'],
    ['somebody who withdrew', record({ lead: { email_opt_out: true } }), 'disqualify', 'The person does not want to be contacted, and no other way is open'],
    ['somebody who never answers', record({ standing: { failed_attempts: 3 } }), 'disqualify', '3 attempts to reach the person have failed'],
    ['no money now', withNote('No budget this year.'), 'add_to_nurture', 'A note of 2026-03-01 says "No budget this year."'],
    ['a new one that did nothing', record(), 'send_follow_up', 'The temperature is suspect, and the lead is new'],
    ['one that went cold', record({ standing: { status: 'contacted' }, score: { temperature: 'cold' } }), 'add_to_nurture', 'The temperature is cold, and the lead is contacted'],
    ['one that was out for money', record({ standing: { status: 'disqualified', disqualification_reason: 'no_budget' } }), 'add_to_nurture',
      'It is disqualified for the reason no_budget, which may pass'],
    ['spam', record({ standing: { status: 'disqualified', disqualification_reason: 'spam' } }), 'disqualify', 'It is disqualified for the reason spam: leave it so'],
  ] as const)('%s', (_who, lead, expected, because) => expect(action(lead)).toMatchObject({ action: expected, because }));

  it('does not take a need for known that nobody has said', () => {
    const known = 'Budget $75K approved. CTO decision maker. Go-live within 90 days.';
    const form = { part: 'behavioral' as const, rule: 'signal.form_submission', points: 500, because: 'a form' };
    const guessed = { ...withNote(known), score: record({ score: { contributions: [form] } }).score };
    expect(dimension(guessed, 'need').status).toBe('partial');
    expect([action(guessed), action(withNote(`${known} They need to cut manual work.`))].map((one) => one.action === 'convert')).toEqual([false, true]);
  });

  it('names the request that does it', () => {
    expect(action(record({ standing: { failed_attempts: 4 } }))).toMatchObject({
      reason: 'unreachable', request: { method: 'PATCH', path: '/api/v1/crm/leads/7', body: { status: 'disqualified', disqualification_reason: 'unreachable' } },
    });
  });
});
