import { deliveryNameOf, readDeliveries, readRecord, type NamedDelivery, type SetUp } from './read-deliveries';
import type { OpenBody } from './connector';
import { generic } from './generic';
import { hubspotHandoff } from './hubspot-handoff';
import { inboundEmail } from './inbound-email';
import { metaLeadAds } from './meta-lead-ads';

const json = (body: unknown): OpenBody => ({ content_type: 'application/json', body });
const set = (connector: SetUp['connector'], secrets: string[] = [], options = {}): SetUp => ({ connector, options, secrets });
const first = (of: SetUp, body: unknown) => readDeliveries(of, json(body))[0];

describe('what a delivery becomes', () => {
  it('overwrites by the word of a sender that is known, and fills by that of others', () => {
    const anonymous = (of: SetUp, body: unknown = { email: 'a@b.io' }) => first(of, body).captured.anonymous;
    const known = generic as unknown as SetUp['connector'];
    expect(anonymous(set(known, ['token']))).toBe(false);
    expect(anonymous(set(known))).toBe(true);
    expect(anonymous(set(known, [], { overwrites: true }))).toBe(false);
    expect(anonymous(set(inboundEmail, ['token']))).toBe(true);
  });

  it('waits for its record only where there is a token to ask with', () => {
    const notice = { entry: [{ changes: [{ field: 'leadgen', value: { leadgen_id: '1' } }] }] };
    expect(first(set(metaLeadAds, ['app_secret', 'access_token']), notice).captured).toMatchObject({ quarantine: { code: 'to_fetch' } });
    expect(first(set(metaLeadAds, ['app_secret']), notice).captured).toMatchObject({ rejected: { code: 'no_access_token' } });
  });

  it('is nothing where it names nobody, or there is nothing', () => {
    const known = generic as unknown as SetUp['connector'];
    expect(first(set(known), { colour: 'red' }).captured.rejected?.code).toBe('no_person');
    expect(first(set(known), []).captured.rejected?.code).toBe('not_understood');
  });
});

describe('a record that was fetched', () => {
  const recordOf = (of: SetUp, body: unknown, record: unknown) => readRecord(of, first(of, body).named as NamedDelivery, record, json(body));
  const meta = set(metaLeadAds, ['access_token']);
  const notice = { entry: [{ changes: [{ field: 'leadgen', value: { leadgen_id: '1', form_id: '9' } }] }] };

  it('is a lead with what its notification said besides, a test, or no such record', () => {
    const fields = (value: string) => ({ id: '1', field_data: [{ name: 'email', values: [value] }] });
    expect(recordOf(meta, notice, fields('a@b.io'))).toMatchObject({ id: '1', captured: { lead: { email: 'a@b.io', custom_fields: { form_id: '9' } } } });
    expect(recordOf(meta, notice, fields('<test lead: dummy data for email>'))).toMatchObject({ captured: { rejected: { code: 'test_delivery' } } });
    expect(recordOf(meta, notice, { id: '1', field_data: [] })).toMatchObject({ captured: { rejected: { code: 'no_person' } } });
    expect(recordOf(meta, notice, { error: { code: 100 } })).toBeNull();
  });

  it('stays handed over by what the event said', () => {
    const handoff = set(hubspotHandoff as unknown as SetUp['connector'], ['access_token'], { score_field: 'fit' });
    const event = [{ subscriptionType: 'contact.propertyChange', objectId: 5, eventId: 1, occurredAt: 2, propertyName: 'fit', propertyValue: '77' }];
    expect(recordOf(handoff, event, { id: '5', properties: { email: 'a@b.io', hubspotscore: '3' } })?.captured)
      .toMatchObject({ entry: 'handoff', lead: { email: 'a@b.io', external_id: '5', custom_fields: { marketing_score: 77 } } });
  });
});

describe('the name of a delivery', () => {
  const of = (more: object) => deliveryNameOf({ connector_id: 1, id: null, bytes: Buffer.from('x'), received_at: '2026-11-28T10:00:00.000Z', place: 0, ...more });

  it("is the sender's own, else the request's, else that of its content on this day", () => {
    expect(of({ id: 'a', bytes: Buffer.from('y') })).toBe(of({ id: 'a', request: 'r' }));
    expect(of({ request: 'r', bytes: Buffer.from('y') })).toBe(of({ request: 'r' }));
    expect(of({ received_at: '2026-11-28T23:59:59.000Z' })).toBe(of({}));
    const others = [of({}), of({ received_at: '2026-11-29T00:00:00.000Z' }), of({ bytes: Buffer.from('y') }), of({ connector_id: 2 }), of({ place: 1 }), of({ id: 'a' })];
    expect(new Set(others).size).toBe(others.length);
  });
});
