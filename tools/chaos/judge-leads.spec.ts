import { countsOf } from './finding';
import { judgeLeads, type ReadLead } from './judge-leads';
import { emailOf, pageOf, type Submission } from './population';

const submission = (key: string, person: number, kind: Submission['kind'] = 'first'): Submission =>
  ({ key, person, kind, entry: 'api', body: {} });
const sent = [submission('a', 0), submission('a-twin', 0, 'twin'), submission('b', 1), submission('a', 0, 'repetition')];
const lead = (id: number, person: number, ...keys: string[]): ReadLead => ({ id, email: emailOf(person), pages: keys.map(pageOf) });

const judge = (leads: ReadLead[], accepted = sent) => judgeLeads(accepted, sent, leads);

test('finds nothing where every touch is there once', () => {
  expect(judge([lead(1, 0, 'a', 'a-twin'), lead(2, 1, 'b')])).toEqual([]);
});

test('counts every accepted submission of a person without a lead as lost, repetitions too', () => {
  expect(judge([lead(2, 1, 'b')])).toEqual([expect.objectContaining({ verdict: 'lost', count: 3 })]);
});

test('counts a submission without its touch as lost', () => {
  expect(judge([lead(1, 0, 'a'), lead(2, 1, 'b')])).toEqual([
    { verdict: 'lost', what: 'accepted, but the lead has no touch of it', count: 1, examples: [`a-twin (twin) of ${emailOf(0)}`] },
  ]);
});

test('does not miss what was never accepted', () => {
  expect(judge([lead(1, 0, 'a', 'a-twin')], sent.filter(({ key }) => key !== 'b'))).toEqual([]);
});

test.each([
  ['a second lead of a person', [lead(1, 0, 'a'), lead(3, 0, 'a-twin'), lead(2, 1, 'b')]],
  ['a second touch of a key', [lead(1, 0, 'a', 'a', 'a-twin'), lead(2, 1, 'b')]],
  ['a lead of nobody', [lead(1, 0, 'a', 'a-twin'), lead(2, 1, 'b'), lead(3, 2)]],
  ['a touch that nobody sent', [lead(1, 0, 'a', 'a-twin', 'c'), lead(2, 1, 'b')]],
])('counts %s as doubled', (_what, leads) => {
  expect(countsOf(judge(leads))).toMatchObject({ lost: 0, doubled: 1 });
});
