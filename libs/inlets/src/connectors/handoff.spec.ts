import fc from 'fast-check';
import { form, read } from '../../test/payloads';
import { activecampaignHandoff } from './activecampaign-handoff';
import { hubspotHandoff } from './hubspot-handoff';
import { marketoHandoff } from './marketo-handoff';

const CONTACTS = {
  hubspot: (score?: unknown, stage?: string) => ({ id: '5', properties: { email: 'a@b.io', lastname: 'Ito', hubspotscore: score, lifecyclestage: stage } }),
  marketo: (score?: unknown, stage?: string) => ({ lead: { id: 5, email: 'a@b.io', lastName: 'Ito', leadScore: score, lifecycleStatus: stage } }),
  activecampaign: (score?: unknown, stage?: string) => ({ contact: { id: '5', email: 'a@b.io', last_name: 'Ito', fields: { score, lifecycle_stage: stage } } }),
};
const VENDORS = [['hubspot', hubspotHandoff], ['marketo', marketoHandoff], ['activecampaign', activecampaignHandoff]] as const;

describe.each(VENDORS)('the hand-off of %s', (name, connector) => {
  const contact = CONTACTS[name];
  const outcome = (body: object, options = {}) => {
    const { leads, ignored } = read(connector, body, options);
    return ignored[0]?.[1] ?? leads[0];
  };

  it('hands over what is above 50, and nothing else', () => {
    expect(outcome(contact('50.5'))).toMatchObject({ email: 'a@b.io', last_name: 'Ito', external_id: '5', custom_fields: { marketing_score: 50.5 } });
    expect(outcome(contact(50))).toBe('below_threshold');
    expect(outcome(contact())).toBe('no_score');
    expect(outcome(contact('high'))).toBe('no_score');
  });

  it('hands a stage over whatever the score, and follows the rule that an admin has set', () => {
    expect(outcome(contact(3, 'marketingqualifiedlead'))).toMatchObject({ custom_fields: { marketing_stage: 'marketingqualifiedlead' } });
    expect(outcome(contact(3, 'Lead'))).toBe('below_threshold');
    expect(outcome(contact(3, 'Sales Ready'), { stages: ['sales_ready'] })).toMatchObject({ email: 'a@b.io' });
    expect(outcome(contact(3, 'mql'), { stages: [] })).toBe('below_threshold');
    expect(outcome(contact(80), { threshold: 80 })).toBe('below_threshold');
    expect(outcome(contact(81), { threshold: 80 })).toMatchObject({ email: 'a@b.io' });
  });

  it('is a matter of the score alone where there is no stage', () => {
    fc.assert(fc.property(fc.integer({ min: -200, max: 200 }), fc.integer({ min: -200, max: 200 }), (score, threshold) => {
      expect(typeof outcome(contact(score), { threshold }) === 'object').toBe(score > threshold);
    }));
  });
});

it('takes the score from the field that is named', () => {
  expect(read(hubspotHandoff, { properties: { email: 'a@b.io', hs_fit: 70 } }, { score_field: 'hs_fit' }).leads[0]).toMatchObject({ email: 'a@b.io' });
  expect(read(marketoHandoff, { Email: 'a@b.io', 'Behaviour Score': 70 }, { score_field: 'Behaviour Score' }).leads[0]).toMatchObject({ email: 'a@b.io' });
});

it("reads HubSpot's changes of score and stage, and takes the contact to be fetched", () => {
  const event = (propertyName: string, propertyValue: string) =>
    ({ subscriptionType: 'contact.propertyChange', objectId: 5, eventId: 1, occurredAt: 2, propertyName, propertyValue });
  expect(read(hubspotHandoff, [event('hubspotscore', '51'), event('hubspotscore', '12'), event('city', 'Rome')])).toMatchObject({
    fetched: [expect.stringMatching(/^\/crm\/v3\/objects\/contacts\/5\?/)],
    ignored: [[expect.any(String), 'below_threshold'], [expect.any(String), 'not_a_lead']],
  });
});

it("reads ActiveCampaign's form", () => {
  const text = 'type=update&date_time=2026-01-02T03:04:05-06:00&contact[id]=5&contact[email]=a@b.io&contact[first_name]=Ada&contact[orgname]=TechCorp'
    + '&contact[tags]=hot, demo&contact[ip]=127.0.0.1&contact[fields][lead_score]=77&contact[fields][interest]=||CRM||Phone||';
  expect(read(activecampaignHandoff, form(text))).toMatchObject({
    ids: ['update 5 2026-01-02T03:04:05-06:00'],
    leads: [{ first_name: 'Ada', company_name: 'TechCorp', tags: ['hot', 'demo'], custom_fields: { interest: ['CRM', 'Phone'], marketing_score: 77 } }],
  });
});
