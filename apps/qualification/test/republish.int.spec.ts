import { LeadScored, republishRequest, type StatusChangedData } from '@headwater/contracts';
import { intakeState } from '@headwater/testing';
import { arrows, cell, done, newLead, patch, qualify, reserve, scored, settle, stateOf, useQualification, view } from './qualification-cell';

useQualification();

const again = async () => {
  const answer = await cell.ask(republishRequest('qualification'), { after: 0, correlation_id: 'again' });
  await cell.settled();
  return answer;
};
const said = () => ['lead.reopened', 'lead.contacted', 'lead.nurtured', 'lead.qualified', 'lead.disqualified']
  .flatMap((type) => cell.events<StatusChangedData>(type)).filter(({ republished }) => republished);

it('says again where every open lead stands; nothing happens because of it', async () => {
  const [fresh, nurtured, out, qualified, converted] = [newLead(), newLead(), newLead(), newLead(), newLead()];
  await stateOf(fresh);
  await patch(nurtured, { status: 'nurturing' });
  await patch(out, { status: 'disqualified', disqualification_reason: 'no_budget' });
  for (const lead of [qualified, converted]) await qualify(lead, { qualification_notes: 'Budget is there' });
  await reserve(converted, 't');
  await settle(converted, 't', done(converted));
  await cell.settled();
  const open = [fresh, nurtured, out, qualified];
  const states = await Promise.all(open.map(stateOf));

  expect(await again()).toEqual({ published: 4, next: null });
  const types = ['lead.reopened', 'lead.nurtured', 'lead.disqualified', 'lead.qualified'];
  for (const [i, lead] of open.entries()) {
    expect(said().filter(({ leadid }) => leadid === lead)).toMatchObject([
      { type: types[i], revision: states[i].revision, data: { qualification: states[i], transitions: [] } }]);
  }
  expect(await Promise.all(open.map(stateOf))).toEqual(states);
  expect(await arrows(fresh)).toEqual([]);
});

it('takes no notice of a score that it has', async () => {
  const lead_id = newLead();
  const score = scored(lead_id, 3, view(40, 40));
  const event = LeadScored.ofLead('demo', score, { score, contributions: [], lead: intakeState({ lead_id }) });
  await cell.publish([event]);
  await cell.settled();
  await patch(lead_id, { status: 'disqualified', disqualification_reason: 'no_need' });
  const before = await stateOf(lead_id);
  await cell.publish([event], { times: 2, republished: true });
  await cell.settled();
  expect(await stateOf(lead_id)).toEqual(before);
  expect(await arrows(lead_id)).toHaveLength(1);
});
