import { ListAssessments } from '@headwater/contracts';
import { cell, newLead, refused, useQualification } from './qualification-cell';

useQualification();

const assessments = async (lead_id: number) => (await cell.ask(ListAssessments, { context: cell.context(), lead_id })).assessments;

it('a lead that nobody has judged stands at nothing, by the framework that the tenant qualifies by', async () => {
  expect(await assessments(newLead())).toMatchObject({
    current: [{ framework: 'bant', version: 0, score: 0, verdict: 'incomplete', missing: ['budget', 'authority', 'need', 'timeline'] }],
    proposals: [], assessments: [],
  });
  expect((await refused(assessments(999_999))).kind).toBe('not_found');
});
