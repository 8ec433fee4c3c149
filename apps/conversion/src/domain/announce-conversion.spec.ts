import type { Account, Contact, Customer, Opportunity } from '@headwater/contracts';
import { announceConversion } from './announce-conversion';
import { created, type Made } from './made';

const account = created({ id: 1, kind: 'company', name: 'TechCorp', created_at: '' } as Account);
const contact = created({ id: 2, full_name: 'Sarah Johnson' } as Contact);
const customer = created({ id: 3, customer_number: 'CUST-000003' } as Customer);
const opportunity = created({ id: 4, name: 'Deal', lead_id: 7 } as Opportunity);
const joined = <Record>({ record }: Made<Record>, revision: number | null): Made<Record> => ({ record, linked: true, filled: [], revision });
const converted = { converted_at: '2026-01-10T00:00:00.000Z', account_id: 1, contact_id: 2, customer_id: 3, opportunity_id: 4 };

const announce = (given: Partial<Parameters<typeof announceConversion>[2]>) => announceConversion('demo', 7, {
  records: { account, contact, customer, opportunity }, converted, attribution: { source: 'web' }, dealAttribution: { source: 'web' }, actor: 'Mia',
  notes: null, noteIds: ['n1', 'n2'], confirmTo: null, ...given,
});
const types = (events: ReturnType<typeof announce>) => events.map(({ definition }) => definition.type);

describe('announceConversion', () => {
  it('tells of every record that came to be, about the lead', () => {
    const events = announce({});
    expect(types(events)).toEqual(['account.created', 'contact.created', 'customer.created', 'opportunity.created', 'lead.converted']);
    expect(events.every(({ leadId, tenant }) => leadId === 7 && tenant === 'demo')).toBe(true);
    expect(events[0].data).toEqual({ account: { id: 1, kind: 'company', name: 'TechCorp', created_at: '' } });
    expect(events[3].data).toEqual({ opportunity: opportunity.record, attribution: { source: 'web' } });
    expect(events[4].data).toEqual({ lead_id: 7, into: converted, actor: 'Mia', attribution: { source: 'web' } });
  });

  it('does not tell of an account that was there, nor of an opportunity that was not asked for', () => {
    expect(types(announce({ records: { account: joined(account, null), contact, customer } })))
      .toEqual(['contact.created', 'customer.created', 'lead.converted']);
  });

  it('tells of what was there and has changed, about the lead that it came from', () => {
    const events = announce({ records: {
      account: joined({ ...account, record: { ...account.record, lead_id: 5 } }, 4), contact: joined(contact, null), customer: joined(customer, 2),
      opportunity: joined({ ...opportunity, record: { ...opportunity.record, lead_id: 5, stage: 'proposal' } }, 3),
    } });
    expect(types(events)).toEqual(['account.updated', 'customer.updated', 'opportunity.updated', 'lead.converted']);
    expect(events.map(({ leadId, revision }) => [leadId, revision])).toEqual([[5, 4], [undefined, 2], [5, 3], [7, undefined]]);
  });

  it('puts notes on the lead and on the opportunity', () => {
    const notes = announce({ notes: 'Demo went well' }).filter(({ definition }) => definition.type === 'note.added');
    expect(notes.map(({ data }) => data)).toEqual([
      expect.objectContaining({ note_id: 'n1', about: 'lead', about_id: 7, text: 'Demo went well', author: 'Mia', cause: 'convert' }),
      expect.objectContaining({ note_id: 'n2', about: 'opportunity', about_id: 4 }),
    ]);
  });

  it('asks for one confirmation, where there is somebody to tell', () => {
    const [mail, ...more] = announce({ confirmTo: 'mia@example.com' }).filter(({ definition }) => definition.type === 'notification.requested');
    expect(more).toEqual([]);
    expect(mail.data).toMatchObject({ kind: 'lead_converted', to: 'mia@example.com', dedupe_key: 'lead_converted:7', data: { customer_number: 'CUST-000003' } });
  });
});
