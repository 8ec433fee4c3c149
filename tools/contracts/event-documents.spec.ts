import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import asyncApiSchema from '@asyncapi/specs/schemas/3.0.0-without-$id.json';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { allEvents, eventSchemaId, LeadConverted, LeadScored, SERVICES, TenantChanged } from '@headwater/contracts';
import { parse } from 'yaml';
import { eventBreaks, HOW_TO_CHANGE } from './event-breaks';
import { consumersIn } from './event-consumers';
import { presentSchemas, releasedSchemas, staleDocuments } from './event-documents';
import { eventSchema, nameOf } from './event-schema';

const REPOSITORY = join(__dirname, '..', '..');
const events = allEvents().map((definition) => [nameOf(definition), definition] as const);

const validatorOf = (schema: object, validateSchema = true) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema });
  addFormats(ajv);
  return ajv.compile(schema);
};

it('what is published is what the contracts say', () => {
  const stale = staleDocuments(REPOSITORY).map(({ path, due }) =>
    `${path} is ${due === null ? 'of no event any more' : 'stale'}: run npm run contracts, and commit what it writes`);
  expect(stale).toEqual([]);
});

it('nobody who reads what was released is broken by the present events', () => {
  const breaks = eventBreaks(releasedSchemas(REPOSITORY), presentSchemas());
  expect(breaks.length > 0 ? [...breaks, HOW_TO_CHANGE] : []).toEqual([]);
});

describe.each(events)('%s', (name, definition) => {
  const schema = eventSchema(definition);
  const [example] = schema.examples as Record<string, unknown>[];
  let validate: ReturnType<typeof validatorOf>;
  beforeAll(() => { validate = validatorOf(schema); });

  it('has an example that its schema allows, which names its schema', () => {
    validate(example);
    expect(validate.errors ?? []).toEqual([]);
    expect([example.dataschema, schema.$id]).toEqual([eventSchemaId(definition), eventSchemaId(definition)]);
  });

  it('has a schema that refuses another event', () => {
    expect(validate({ ...example, type: 'lead.lost' })).toBe(false);
    expect(validate({ ...example, data: {} })).toBe(false);
    expect(validate({ ...example, time: 'yesterday' })).toBe(false);
    expect(validate({ ...example, something_new: true })).toBe(true);
  });

  it('has an example without fields that nobody declared', () => {
    const closed = structuredClone(schema) as { $defs: Record<string, object> };
    for (const [name, type] of Object.entries(closed.$defs)) closed.$defs[name] = { additionalProperties: false, ...type };
    const validateClosed = validatorOf(closed, false);
    validateClosed(example);
    expect(validateClosed.errors ?? []).toEqual([]);
  });

  it('tells when it is published, as the end of a sentence', () => {
    expect(`Published when ${definition.when}.`).toMatch(/^Published when [a-z].*[^.]\.$/);
    expect(name).toMatch(/^[a-z_]+\.[a-z_]+\.v\d+$/);
  });
});

describe('the AsyncAPI document', () => {
  const document = parse(readFileSync(join(REPOSITORY, 'docs/events/asyncapi.yaml'), 'utf8')) as Record<string, any>;

  it('is AsyncAPI 3.0.0, by its own schema', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    const validate = ajv.compile(asyncApiSchema);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...document, channels: { broken: { adress: 'crm' } } })).toBe(false);
  });

  it('has each event, at its subject', () => {
    expect(Object.keys(document.channels)).toEqual(events.map(([name]) => name));
    expect(document.channels['lead.scored.v1'].address).toBe('crm.{tenant}.{lane}.lead.scored.v1');
  });

  it('points to things that are there', () => {
    for (const [, ref] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      expect([ref, ref.split('/').reduce((at, key) => at?.[key], document)]).toEqual([ref, expect.anything()]);
    }
  });
});

it('knows who listens from the sources of the services', () => {
  const consumers = consumersIn(REPOSITORY);
  expect(consumers(LeadScored as never)).toEqual(['routing', 'qualification']);
  expect(consumers(LeadConverted as never)).toEqual(['intake', 'scoring', 'routing', 'qualification']);
  expect(consumers(TenantChanged as never)).toEqual(['gateway', 'intake', 'scoring', 'routing', 'qualification']);
  expect(SERVICES.filter((service) => allEvents().some((one) => consumers(one).includes(service))))
    .toEqual(['gateway', 'intake', 'scoring', 'routing', 'qualification', 'conversion']);
});

describe('a release is compared with', () => {
  const released = presentSchemas();
  const changed = (name: string, change: (schema: Record<string, any>) => void) => {
    const present = structuredClone(released);
    change(present.get(name) as Record<string, any>);
    return eventBreaks(released, present);
  };

  it('the same, which breaks nobody, and with more events and fields', () => {
    expect(eventBreaks(released, released)).toEqual([]);
    expect(eventBreaks(new Map([...released].slice(1)), released)).toEqual([]);
    expect(changed('lead.scored.v1', ({ $defs }) => { $defs.ScoringState.properties.trend = { type: 'string' }; })).toEqual([]);
  });

  it('less, or with something else', () => {
    expect(eventBreaks(released, new Map([...released].slice(1)))).toEqual(['lead.captured.v1 is not published any more']);
    expect(changed('lead.scored.v1', ({ $defs }) => { delete $defs.ScoringState.properties.mql; }))
      .toEqual(['lead.scored.v1: data.score.mql is not sent any more']);
    expect(changed('lead.scored.v1', ({ $defs }) => { $defs.LeadScoreView.properties.grade.enum.push('E'); })).toEqual([
      'lead.scored.v1: data.score.effective.grade may now be "E"', 'lead.scored.v1: data.score.computed.grade may now be "E"']);
    expect(changed('lead.scored.v1', (schema) => { schema['x-event-kind'] = 'fact'; }))
      .toEqual(['lead.scored.v1: it is a fact now, where it was a state']);
    expect(changed('lead.scored.v1', ({ required }) => { required.splice(required.indexOf('revision'), 1); }))
      .toEqual(['lead.scored.v1: revision may be missing now, where it was always there']);
  });
});
