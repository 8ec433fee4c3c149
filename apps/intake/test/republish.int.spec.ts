import { v7 as uuidv7 } from 'uuid';
import { CaptureLeads, GetLeads, republishRequest, UpdateLead, type IntakeState } from '@headwater/contracts';
import { captureItem, startCell, takenIn, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake] }); });
afterAll(() => cell?.stop());

async function capture(tenant: string, email: string): Promise<number> {
  const { results: [result] } = await cell.ask(CaptureLeads, {
    items: [captureItem({ last_name: 'Ito', email }, { tenant })], tenants: { [tenant]: testTenant(tenant) },
  });
  return takenIn(result).lead.lead_id;
}

it('says again what every lead is, with the revision that it has', async () => {
  const [changed, , foreign] = [await capture('demo', 'a@example.com'), await capture('demo', 'b@example.com'), await capture('other', 'c@example.com')];
  await cell.ask(UpdateLead, { context: cell.context(), command_id: uuidv7(), lead_id: changed, patch: { city: 'Kyoto' } });
  await cell.settled();
  const said = () => cell.events<{ lead: IntakeState; changed: string[] }>('lead.updated').filter(({ republished }) => republished);

  expect(await cell.ask(republishRequest('intake'), { tenant: 'demo', after: 0, correlation_id: 'again' })).toEqual({ published: 2, next: null });
  await cell.settled();
  const { leads: [present] } = await cell.ask(GetLeads, { tenant: 'demo', ids: [changed] });
  expect(present).toMatchObject({ revision: 2, profile: { city: 'Kyoto' } });
  expect(said()[0]).toMatchObject({ tenantid: 'demo', leadid: changed, revision: 2, data: { lead: present, changed: [] } });

  expect(await cell.ask(republishRequest('intake'), { after: changed, correlation_id: 'again' })).toEqual({ published: 2, next: null });
  await cell.settled();
  expect(said().map(({ tenantid, leadid }) => `${tenantid} ${leadid}`).at(-1)).toBe(`other ${foreign}`);
  expect(said()).toHaveLength(4);
});
