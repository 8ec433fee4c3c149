import { CreateOpportunity, republishRequest, type OpportunityCreatedData } from '@headwater/contracts';
import { ConversionCell } from './conversion-cell';

let world: ConversionCell;
beforeAll(async () => { world = await ConversionCell.start(); });
afterAll(() => world?.cell.stop());

const TYPES = ['account.created', 'contact.created', 'customer.created', 'opportunity.created'];

it('says again what every record is, as it was announced, and nothing of the conversion', async () => {
  const lead = world.newLead();
  const { data: { customer } } = await world.convert(lead, { opportunity_name: 'Platform', create_opportunity: true, opportunity_amount: 75_000 });
  await world.cell.ask(CreateOpportunity, { context: world.cell.context(), body: { name: 'Second', customer_id: customer.id, value: 5 } });
  await world.convert(world.newLead({}, { tenant: 'other' }), {}, world.cell.context({ tenant: 'other' }));
  await world.cell.settled();
  // By their ids: each replica publishes when it comes to it.
  const of = (type: string) => world.cell.events<OpportunityCreatedData>(type).filter(({ tenantid }) => tenantid === 'demo')
    .sort((a, b) => Number(a.subject) - Number(b.subject));
  const toldBy = (type: string, republished?: true) => of(type).filter((event) => event.republished === republished)
    .map(({ subject, leadid, revision, data }) => ({ subject, leadid, revision, data }));
  const announced = TYPES.map((type) => toldBy(type));
  expect(announced.map((events) => events.length)).toEqual([1, 1, 1, 2]);
  const others = ['lead.converted', 'notification.requested', 'note.added'].map((type) => world.cell.events(type).length);

  expect(await world.cell.ask(republishRequest('conversion'), { tenant: 'demo', after: 0, correlation_id: 'again' })).toEqual({ published: 5, next: null });
  await world.cell.settled();
  expect(TYPES.map((type) => toldBy(type, true))).toEqual(announced);
  expect(['lead.converted', 'notification.requested', 'note.added'].map((type) => world.cell.events(type).length)).toEqual(others);

  expect(await world.cell.ask(republishRequest('conversion'), { after: 0, correlation_id: 'again' })).toEqual({ published: 8, next: null });
});
