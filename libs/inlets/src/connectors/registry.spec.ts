import fc from 'fast-check';
import { CreateLead, ENTRIES, jsonSchemaOf } from '@headwater/contracts';
import { compileValidator } from '@headwater/platform';
import { NOW, request, settings } from '../../test/payloads';
import { leadOf } from './answers-to-lead';
import { CONNECTORS, connectorNamed } from './registry';

const ALL = CONNECTORS.map((connector) => [connector.name, connector] as const);
const secretsOf = (names: string[]) => Object.fromEntries(names.map((name) => [name, 'a secret of this connector']));

it('names each connector once', () => {
  expect(new Set(CONNECTORS.map(({ name }) => name)).size).toBe(CONNECTORS.length);
  for (const connector of CONNECTORS) expect(connectorNamed(connector.name)).toBe(connector);
  expect(connectorNamed('constructor')).toBeUndefined();
});

describe.each(ALL)('the law of connectors: %s', (_, connector) => {
  const validLead = compileValidator(CreateLead, { closed: true });
  const required = Object.entries(connector.secrets).filter(([, { required: is }]) => is).map(([name]) => name);
  const body = fc.oneof(
    fc.jsonValue({ maxDepth: 5 }),
    fc.record({
      type: fc.constantFrom('subscribe', 'notification_event', 'x'), topic: fc.constantFrom('contact.created', 'x'), event: fc.constantFrom('invitee.created', 'x'),
      properties: fc.jsonValue({ maxDepth: 3 }), fields: fc.jsonValue({ maxDepth: 3 }), data: fc.jsonValue({ maxDepth: 4 }), payload: fc.jsonValue({ maxDepth: 4 }),
      form_response: fc.jsonValue({ maxDepth: 4 }), user_column_data: fc.jsonValue({ maxDepth: 3 }), field_data: fc.jsonValue({ maxDepth: 3 }),
      entry: fc.jsonValue({ maxDepth: 5 }), contact: fc.jsonValue({ maxDepth: 3 }), headers: fc.jsonValue({ maxDepth: 2 }), attachments: fc.jsonValue({ maxDepth: 2 }),
      From: fc.string(), email: fc.string(), score: fc.integer(),
    }, { requiredKeys: [] }),
  );

  it('reads any document without an error, and says of each part whether it is a lead; whose lead, the API would take', () => {
    fc.assert(fc.property(body, (document) => {
      const { deliveries, ignored } = connector.read({ content_type: 'application/json', body: document }, {});
      expect(deliveries.length + ignored.length).toBeGreaterThan(0);
      for (const delivery of deliveries) validLead(leadOf(delivery, { tags: ['x'] }).lead);
      for (const { code, because } of ignored) expect([code, because]).toEqual([expect.stringMatching(/^[a-z_]+$/), expect.any(String)]);
      connector.readFetched?.(document, {});
    }), { numRuns: 300 });
  });

  it('lets nobody in without what its required secrets are for', () => {
    const set = settings(secretsOf(required));
    const verdict = connector.verify(request('{"a":1}'), set, NOW);
    expect(verdict.ok).toBe(required.length === 0);
    if (!verdict.ok) expect(verdict.why).not.toContain('a secret of this connector');
    const signed = connector.verify(request('{"a":1}', { headers: { authorization: 'Bearer wrong' }, query: { token: 'wrong' } }), settings({ ...set.secrets, token: 'right' }), NOW);
    expect(signed.ok).toBe(false);
  });

  it('tells what can be set up', () => {
    expect(ENTRIES).toContain(connector.entry);
    const { properties } = jsonSchemaOf(connector.options, { closed: true, refPrefix: '' }) as { properties: object };
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(['fields', 'source', 'campaign', 'tags']));
    expect(connector.check?.({}) ?? []).toEqual([]);
    if (connector.source) expect(Object.keys(connector.secrets)).toContain(connector.source.secret);
  });
});

it.each(ALL)('%s reads a part of a list as it read the list', (_, connector) => {
  const event = (eventId: number) => ({ eventId, objectId: eventId, occurredAt: 5, subscriptionType: 'contact.creation' });
  const change = (leadgen_id: string) => ({ field: 'leadgen', value: { leadgen_id } });
  const contact = (email: string) => ({ email, score: 70, leadScore: 70, properties: { email, hubspotscore: 70 } });
  const lists = [[event(1), event(2)], { entry: [{ changes: [change('1'), change('2')] }] }, [contact('a@b.io'), contact('c@d.io')], { result: [contact('a@b.io')] }];
  for (const body of lists) {
    const whole = connector.read({ content_type: 'application/json', body }, {});
    for (const delivery of whole.deliveries) {
      const alone = connector.read({ content_type: 'application/json', body: delivery.part ?? body }, {});
      expect({ ids: alone.deliveries.map(({ id }) => id), answers: alone.deliveries[0]?.answers }).toEqual({ ids: [delivery.id], answers: delivery.answers });
    }
  }
});
