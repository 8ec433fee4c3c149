import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiBreaks, HOW_TO_CHANGE_THE_API, type ApiDocument } from './api-breaks';

const API = join(__dirname, '../../docs/api');
const read = (path: string) => JSON.parse(readFileSync(join(API, path), 'utf8')) as ApiDocument;

it('nobody who uses the released API is broken by the present one', () => {
  const breaks = apiBreaks(read('released/openapi.json'), read('openapi.json'));
  expect(breaks.length > 0 ? [...breaks, HOW_TO_CHANGE_THE_API] : []).toEqual([]);
});

/** A small API; each fixture changes one thing of it. */
const api = () => ({
  paths: {
    '/leads': {
      post: {
        operationId: 'createLead',
        security: [{ bearer: ['leads:insert'] }],
        parameters: [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } }],
        requestBody: {
          required: false,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/CreateLead' } },
            'application/merge-patch+json': { schema: { $ref: '#/components/schemas/CreateLead' } },
          },
        },
        responses: {
          201: {
            headers: { Location: { required: true, schema: { type: 'string' } }, ETag: { schema: { type: 'string' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Lead' } } },
          },
          409: { $ref: '#/components/responses/Conflict' },
        },
      },
      get: { operationId: 'listLeads', security: [], parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 200 } }], responses: { 200: {} } },
    },
  },
  components: {
    responses: { Conflict: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
    schemas: {
      CreateLead: { type: 'object', properties: { email: { type: 'string' }, rating: { type: 'integer', maximum: 5 } }, additionalProperties: false },
      Lead: {
        type: 'object', required: ['id', 'status'],
        properties: { id: { type: 'integer' }, status: { type: 'string', enum: ['new', 'contacted'] }, email: { type: ['string', 'null'] } },
      },
      Problem: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
    },
  },
});

type Api = Record<string, any>;
const create = ({ paths }: Api) => paths['/leads'].post;
const schemas = ({ components }: Api) => components.schemas;

/** What is answered, to who asks for it, besides what there was. */
const offered = (marks: object) => (changed: Api) => {
  const type = create(changed).responses[201].content['application/json'];
  const { email, ...properties } = schemas(changed).Lead.properties;
  expect(email).toBeDefined();
  type.schema = { anyOf: [type.schema, { type: 'object', required: ['id', 'status'], properties, ...marks }] };
};

const BREAKS: [string, (api: Api) => void, string][] = [
  ['an operation is removed', ({ paths }) => { delete paths['/leads'].get; }, 'GET /leads is not there any more'],
  ['a path is renamed', ({ paths }) => { paths['/lead'] = { get: paths['/leads'].get }; delete paths['/leads'].get; }, 'GET /leads is not there any more'],
  ['an operation is renamed', (changed) => { create(changed).operationId = 'addLead'; }, 'POST /leads: it is called addLead now, where clients know it as createLead'],
  ['a status is removed', (changed) => { delete create(changed).responses[409]; }, 'POST /leads: 409 is not answered any more'],
  ['a parameter is removed', (changed) => { create(changed).parameters = []; }, 'POST /leads: parameter Idempotency-Key is not taken any more'],
  ['a parameter becomes required', (changed) => { create(changed).parameters[0].required = true; }, 'POST /leads: parameter Idempotency-Key is required now'],
  ['a required parameter is new', ({ paths }) => { paths['/leads'].get.parameters.push({ name: 'tenant', in: 'query', required: true, schema: {} }); }, 'GET /leads: parameter tenant is required now'],
  ['a parameter is narrowed', ({ paths }) => { paths['/leads'].get.parameters[0].schema.maximum = 100; }, 'GET /leads: parameter limit: '],
  ['a body becomes required', (changed) => { create(changed).requestBody.required = true; }, 'POST /leads: a body is required now'],
  ['a body is not taken', (changed) => { delete create(changed).requestBody; }, 'POST /leads: a body is not taken any more'],
  ['a media type of a body is removed', (changed) => { delete create(changed).requestBody.content['application/merge-patch+json']; }, 'POST /leads: body is not taken as application/merge-patch+json any more'],
  ['a field of a body is removed', (changed) => { delete schemas(changed).CreateLead.properties.email; }, 'POST /leads: body: email '],
  ['a field of a body becomes required', (changed) => { schemas(changed).CreateLead.required = ['email']; }, 'POST /leads: body: email '],
  ['a limit of a body is narrowed', (changed) => { schemas(changed).CreateLead.properties.rating.maximum = 4; }, 'POST /leads: body: rating '],
  ['a field of an answer is removed', (changed) => { delete schemas(changed).Lead.properties.email; }, 'POST /leads: 201: email is not sent any more'],
  ['a field of an answer may be missing', (changed) => { schemas(changed).Lead.required = ['id']; }, 'POST /leads: 201: status may be missing now'],
  ['an answer has a value that nobody knows', (changed) => { schemas(changed).Lead.properties.status.enum.push('lost'); }, 'POST /leads: 201: status may now be "lost"'],
  ['a field of a refusal is removed', (changed) => { schemas(changed).Problem = { type: 'object' }; }, 'POST /leads: 409: code '],
  ['a media type of an answer is removed', (changed) => { create(changed).responses[201].content = { 'text/csv': {} }; }, 'POST /leads: 201 is not sent as application/json any more'],
  ['an answer may be another one', offered({}), 'POST /leads: 201: email is not sent any more'],
  ['a header is removed', (changed) => { delete create(changed).responses[201].headers.ETag; }, 'POST /leads: 201: header ETag is not sent any more'],
  ['a header may be missing', (changed) => { create(changed).responses[201].headers.Location.required = false; }, 'POST /leads: 201: header Location may be missing now'],
  ['another scope is asked for', (changed) => { create(changed).security = [{ bearer: ['leads:insert', 'leads:write'] }]; }, 'POST /leads: who comes with bearer leads:insert is not let in any more; bearer leads:insert leads:write is asked for'],
  ['what was open is not', ({ paths }) => { paths['/leads'].get.security = [{ bearer: [] }]; }, 'GET /leads: who comes with nothing is not let in any more; bearer is asked for'],
];

const HARMLESS: [string, (api: Api) => void][] = [
  ['nothing changes', () => undefined],
  ['an operation and a status are new', (changed) => { changed.paths['/leads'].put = {}; create(changed).responses[202] = {}; }],
  ['an optional parameter is new', (changed) => { create(changed).parameters.push({ name: 'sort', in: 'query', schema: { type: 'string' } }); }],
  ['an optional field of a body is new', (changed) => { schemas(changed).CreateLead.properties.phone = { type: 'string' }; }],
  ['a limit of a body is widened', (changed) => { schemas(changed).CreateLead.properties.rating.maximum = 10; }],
  ['a field of an answer is new', (changed) => { schemas(changed).Lead.properties.owner = { type: 'object' }; }],
  ['a value does not come any more', (changed) => { schemas(changed).Lead.properties.status.enum = ['new']; }],
  ['a header is always there', (changed) => { create(changed).responses[201].headers.ETag.required = true; }],
  ['a scope is not asked for any more, or another will do', (changed) => { create(changed).security = [{ bearer: [] }, { bearer: ['admin'] }]; }],
  ['a response moves into the components', (changed) => {
    changed.components.responses.Created = create(changed).responses[201];
    create(changed).responses[201] = { $ref: '#/components/responses/Created' };
  }],
  ['an answer is another one for who asks for it', offered({ 'x-on-request': 'dry_run' })],
  ['words and examples', (changed) => { create(changed).summary = 'Send a lead in'; schemas(changed).Lead.properties.id.description = 'a number'; }],
];

const changedBy = (change: (api: Api) => void) => {
  const changed = api();
  change(changed);
  return apiBreaks(api() as never, changed as never);
};

it.each(BREAKS)('breaks a client: %s', (_what, change, sentence) => {
  const breaks = changedBy(change);
  expect(breaks).toHaveLength(1);
  expect(breaks[0].startsWith(sentence) ? sentence : breaks[0]).toBe(sentence);
});

it.each(HARMLESS)('breaks nobody: %s', (_what, change) => {
  expect(changedBy(change)).toEqual([]);
});
