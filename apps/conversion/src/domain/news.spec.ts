import type { Account, Contact, Customer } from '@headwater/contracts';
import { created } from './made';
import { newsOf } from './news';

const account = { id: 1, name: 'Acme', domain: 'acme.example', owner_id: 7, kind: 'company' } as Account;
const contact = { id: 2, account_id: 1, email: 'mia@acme.example', full_name: 'Mia Berg' } as Contact;
const customer = { id: 3, account_id: 1, contact_id: 2, owner_id: 7, customer_number: 'CUST-000003' } as Customer;
const events = ['account.created', 'contact.updated', 'opportunity.created', 'lead.converted', 'note.added'].map((type, i) => ({ type, id: `e${i}` }));

it('tells what others keep of the records, and which events say so', () => {
  expect(newsOf({ account: created(account), contact: { ...created(contact), linked: true, revision: 4 }, customer: created(customer) }, events)).toEqual({
    records: {
      account: { id: 1, name: 'Acme', domain: 'acme.example', owner_id: 7, revision: 1 },
      contact: { id: 2, account_id: 1, email: 'mia@acme.example', revision: 4 },
      customer: { account_id: 1, contact_id: 2, owner_id: 7, revision: 1 },
    },
    ofRecords: ['e0', 'e1'], ofLead: ['e3'],
  });
});

it('says nothing of a record that is as it was', () => {
  const asItWas = { linked: true, filled: [], revision: null };
  const { records } = newsOf({ account: { record: account, ...asItWas }, contact: { record: contact, ...asItWas }, customer: created(customer) }, []);
  expect(records).toMatchObject({ account: undefined, contact: undefined, customer: { contact_id: 2 } });
});
