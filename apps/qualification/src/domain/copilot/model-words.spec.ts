import { record } from '../../../test/copilot-records';
import { answer } from './answer';
import { promptFor, worded } from './model-words';

const lead = record({
  lead: { first_name: 'Sarah', last_name: 'Johnson', company_name: 'TechCorp Inc', job_title: 'CTO', annual_revenue: 12_000_000, phone: '+15550123' },
  notes: [{ id: 'n1', text: 'Budget $75K approved.', at: '2026-03-02T10:00:00Z', dismissed: [] }], score: { total_score: 80, temperature: 'hot', is_hot: true },
});
const builtIn = (ask: 'qualify' | 'is_hot' | 'next_action' | 'draft_email') => answer(lead, { ask }, []);
const reply = (more: object) => JSON.stringify({ action: 'schedule_call', because: 'Sarah is hot.', ...more });
const QUALIFY = { budget: '$75K is approved.', authority: 'Sarah is CTO.', need: 'Nothing is known.', timeline: 'Nothing is known.' };

it('takes words that are covered, and leaves what was decided', () => {
  const taken = worded(reply(QUALIFY), builtIn('qualify'), lead);
  expect(taken).toMatchObject({ answer: { source: 'model', qualification: { score: 31, dimensions: [{ dimension: 'budget', status: 'confirmed', because: '$75K is approved.' }, {}, {}, {}] } } });
});

it('takes them out of a fence', () =>
  expect(worded(`\`\`\`json\n${reply({ is_hot: true, reasons: ['The score is 80.'] })}\n\`\`\``, builtIn('is_hot'), lead)).toHaveProperty('answer'));

it('cites what the words repeat', () => {
  const taken = worded(reply({ because: 'TechCorp Inc is hot.' }), builtIn('next_action'), lead);
  expect(taken).toMatchObject({ answer: { next_action: { facts: expect.arrayContaining([{ field: 'lead.company_name', value: 'TechCorp Inc' }]) as unknown } } });
});

it.each([
  ['no JSON', 'Sure! Here is your answer.', 'unreadable'], ['a list', '[]', 'unreadable'], ['no reason', JSON.stringify({ action: 'schedule_call' }), 'unreadable'],
  ['a dimension missing', reply({ budget: '$75K' }), 'unreadable'], ['a novel', reply({ ...QUALIFY, need: 'a'.repeat(1_001) }), 'unreadable'],
  ['another action', reply({ ...QUALIFY, action: 'convert' }), 'contradicts_the_record'], ['an invented amount', reply({ ...QUALIFY, budget: '$90K is approved.' }), 'not_in_the_record'],
  ['an invented person', reply({ ...QUALIFY, authority: 'Ask Peter.' }), 'not_in_the_record'],
])('refuses %s', (_what, content, refused) => expect(worded(content, builtIn('qualify'), lead)).toMatchObject({ refused }));

it('refuses a lead that is hot only for the model, and a mail with what people noted', () => {
  expect(worded(reply({ is_hot: false, reasons: ['It is not hot.'] }), builtIn('is_hot'), lead)).toMatchObject({ refused: 'contradicts_the_record' });
  expect(worded(reply({ subject: 'Hello Sarah', body: 'You make 12 million, and score 80.' }), builtIn('draft_email'), lead)).toMatchObject({ refused: 'not_in_the_record', unsupported: ['12 million', '80'] });
  expect(worded(reply({ subject: 'Hello Sarah', body: 'You have $75K.' }), builtIn('draft_email'), lead)).toMatchObject({ refused: 'not_in_the_record', unsupported: ['75K', '$'] });
});

it('sends neither addresses nor numbers of the person, and no notes where a mail is asked for', () => {
  const sent = (ask: 'qualify' | 'draft_email') => JSON.stringify(promptFor(lead, builtIn(ask)));
  expect(sent('qualify')).not.toMatch(/example\.com|15550123/);
  expect(sent('qualify')).toContain('Budget $75K approved.');
  expect(promptFor(lead, builtIn('draft_email'))[1].content).not.toMatch(/75K|80|score|because/);
});
