import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  AskCopilot, AssessLead, DecideProposal, DomainError, ExplainScore, GetAssignments, GetCopilotSettings, GetLeads, GetSla, ListAssessments, ListNotes, LogContactAttempt, MoveLead, PutCopilotSettings, QualifyLead, UpdateLead,
  type CopilotAnswer, type CopilotQuestion, type IntakeState, type MailTemplate, type Note,
} from '@headwater/contracts';
import { eventually, intakeState, startCell, testTenant, type Cell } from '@headwater/testing';
import { AnswerCopilot } from '../src/copilot/ask-copilot';
import { AskModel } from '../src/copilot/ask-model';
import { GatherRecord } from '../src/copilot/gather-record';
import { KeepCopilotSettings } from '../src/copilot/keep-settings';
import { qualificationConfig } from '../src/qualification.config';
import { qualification } from '../src/qualification.module';
import { into, scored, view } from './qualification-cell';

/** A server that speaks the protocol, as it is told to. */
class Model {
  readonly asked: { authorization?: string; body: { model: string; messages: { role: string; content: string }[]; response_format: object } }[] = [];
  /** what it does with the next question */
  behaves: (answer: (content: string) => void, response: ServerResponse) => void = (answer) => answer('{}');
  private server: Server;

  async start(): Promise<string> {
    this.server = createServer((request, response) => void this.serve(request, response));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (request.url !== '/v1/chat/completions') return void response.writeHead(404).end();
    this.asked.push({ authorization: request.headers.authorization, body: JSON.parse(Buffer.concat(parts).toString()) as Model['asked'][number]['body'] });
    this.behaves((content) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: 'c1', object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }] }));
    }, response);
  }
}

const model = new Model();
let COPILOT_URL: string;
let cell: Cell;
let app: NestFastifyApplication;
const leads = new Map<number, IntakeState>();
const notes = new Map<number, Note[]>();
let routingIsThere = true;
let lastId = 0;

const SARAH = { first_name: 'Sarah', last_name: 'Johnson', full_name: 'Sarah Johnson', company_name: 'TechCorp Inc', job_title: 'CTO', email: 'sarah@techcorp.example', phone: '+493012345678', street: 'Elm Street 5',
  website: 'https://techcorp.example', custom_fields: { birthday: '1980-05-17' } };
const CONTRIBUTIONS = [
  { part: 'demographic' as const, rule: 'seniority', points: 1_400, because: 'job title has "cto": c_level' },
  { part: 'behavioral' as const, rule: 'signal.demo_request', points: 2_500, because: '1 × demo_request, the latest within a day' },
];

function newLead(profile: object = SARAH, note?: string): number {
  lastId += 1;
  leads.set(lastId, intakeState({ lead_id: lastId, profile: { ...profile }, facts: { email_valid: true, phone_valid: true } }));
  if (note) notes.set(lastId, [{ id: crypto.randomUUID(), text: note, author: 'Dana Kim', cause: 'patch', at: new Date().toISOString() }]);
  return lastId;
}

const ask = async (lead_id: number, question: CopilotQuestion, tenant = 'demo'): Promise<CopilotAnswer> =>
  (await cell.ask(AskCopilot, { context: cell.context({ tenant: testTenant(tenant) }), lead_id, question })).answer;
/** An answer waits for routing for a second, and does without it then: it is asked for again where a busy machine was too slow for that. */
const askOfAll = (...asked: Parameters<typeof ask>): Promise<CopilotAnswer> => eventually('routing has told in time', async () => {
  const answer = await ask(...asked);
  return !answer.missing && answer;
});
const refused = async (asked: Promise<unknown>) => (await asked.then(() => null, (error: unknown) => error) as DomainError).body;
const putSettings = (document: object, tenant = 'demo') => cell.ask(PutCopilotSettings, { context: cell.context({ tenant: testTenant(tenant) }), document });

beforeAll(async () => {
  COPILOT_URL = await model.start();
  cell = await startCell({ services: [] });
  app = await cell.add(qualification, { COPILOT_URL, COPILOT_MODEL: 'small', COPILOT_KEY: 'sk-secret', COPILOT_CONCURRENCY: '1' });
  await cell.answer(GetLeads, ({ tenant, ids }) => ({ leads: ids.flatMap((id) => (tenant !== 'globex' && leads.get(id)) || []) }));
  await cell.answer(UpdateLead, ({ lead_id }) => ({ lead: leads.get(lead_id)! }));
  await cell.answer(ListNotes, ({ lead_id }) => ({ notes: notes.get(lead_id) ?? [] }));
  await cell.answer(ExplainScore, ({ lead_id }) => {
    const now = new Date().toISOString();
    return {
      score: scored(lead_id, 1, view(40, 42), { is_hot: true, hot_reasons: ['temperature'], rating: 5 }), contributions: CONTRIBUTIONS, now, as_of: now, approximate: [],
      trend: { days_7: null, days_30: null },
    };
  });
  await cell.answer(GetAssignments, ({ ids }) => {
    if (!routingIsThere) throw DomainError.unavailable('routing is not there at the moment');
    return { assignments: ids.map((lead_id) => ({ lead_id, revision: 1, owner: { id: 31, name: 'Dana Kim' }, priority: 'normal' as const })) };
  });
  await cell.answer(GetSla, () => ({
    clocks: [{ number: 1, state: 'running' as const, policy: 'hot', started_at: '2026-03-02T09:00:00.000Z', due_at: '2026-03-02T09:05:00.000Z', reassignments: 0, steps: [] }],
  }));
});
afterAll(async () => {
  await cell?.stop();
  model.stop();
});
beforeEach(() => {
  routingIsThere = true;
  model.asked.length = 0;
});

describe('in its own words', () => {
  it('reads a note as assessments do: on its day where the tenant is, and not what somebody has dismissed', async () => {
    const late = newLead(SARAH);
    notes.set(late, [{ id: crypto.randomUUID(), text: 'Budget $75K approved.', author: 'Dana Kim', cause: 'patch', at: '2026-03-02T03:30:00.000Z' }]);
    const dimension = async (lead: number, name: string) => (await ask(lead, { ask: 'qualify' })).qualification!.dimensions.find((one) => one.dimension === name)!;
    expect((await dimension(late, 'budget')).because).toBe('A note of 2026-03-01 says "Budget $75K approved."');
    const lead = newLead(SARAH);
    await cell.ask(MoveLead, { context: cell.context(), lead_id: lead, command: 'contact', body: { notes: 'Budget $75K approved. Timeline: 90 days.' } });
    expect(await dimension(lead, 'budget')).toMatchObject({ status: 'confirmed' });
    const { proposals } = (await cell.ask(ListAssessments, { context: cell.context(), lead_id: lead })).assessments;
    await cell.ask(DecideProposal, { context: cell.context(), proposal_id: proposals.find(({ element }) => element === 'budget')!.id, decision: 'dismiss' });
    expect([(await dimension(lead, 'budget')).status, (await dimension(lead, 'timeline')).status]).toEqual(['unknown', 'confirmed']);
  });

  it('qualifies: a score and a line per dimension, of what all owners know', async () => {
    const answer = await askOfAll(newLead(SARAH, 'Budget $75K approved. They struggle with manual work.'), { ask: 'qualify' });
    expect(answer).toMatchObject({
      source: 'built_in', qualification: {
        score: 55, verdict: 'open', missing: ['timeline'], dimensions: [
          { dimension: 'budget', status: 'confirmed', score: 25 }, { dimension: 'authority', status: 'partial', score: 15 }, { dimension: 'need', status: 'partial', score: 15 },
          { dimension: 'timeline', status: 'unknown', score: 0 },
        ],
      },
      next_action: { action: 'schedule_call', because: 'It is hot, with a score of 82; its first contact is due at 2026-03-02T09:05:00.000Z' },
    });
    expect(answer).not.toHaveProperty('model');
    expect(model.asked).toEqual([]);
  });

  it('says whether it is hot, and why', async () => {
    const { hotness } = await ask(newLead(), { ask: 'is_hot' });
    expect(hotness).toMatchObject({ is_hot: true, reasons: [{ because: 'The score is 82, the temperature hot' }, { because: 'People gave it 5 stars' },
      { because: 'It counts for the lead that 1 × demo_request, the latest within a day' }, { because: 'It counts for the lead that job title has "cto": c_level' }] });
  });

  it('counts a note of its own, which came with a qualification', async () => {
    const lead = newLead();
    await cell.ask(QualifyLead, { context: cell.context(), lead_id: lead, body: { qualified: true, qualification_notes: 'Wants to go live within 90 days' } });
    expect(await ask(lead, { ask: 'qualify' })).toMatchObject({
      qualification: { dimensions: [{}, {}, {}, { dimension: 'timeline', status: 'confirmed' }] },
      next_action: { action: 'convert', request: { method: 'POST', path: `/api/v1/crm/leads/${lead}/convert` } },
    });
  });

  it('takes what people assessed before what notes say, and knows who does not answer', async () => {
    const lead = newLead({ ...SARAH }, 'Budget $75K approved.');
    await cell.ask(AssessLead, {
      context: cell.context(), lead_id: lead, body: { framework: 'bant', elements: [{ element: 'budget', status: 'weak', value: 'frozen since', evidence: [{ text: 'CFO on the phone' }] }] },
    });
    for (let i = 0; i < 3; i += 1) {
      await cell.ask(LogContactAttempt, { context: cell.context(), lead_id: lead, attempt: { channel: 'call', direction: 'outbound', outcome: 'no_answer' } });
    }
    const { qualification: { dimensions: [budget] } = { dimensions: [] }, next_action } = await ask(lead, { ask: 'qualify' });
    expect(budget).toMatchObject({ status: 'weak', because: expect.stringMatching(/^It was assessed as weak by .+: frozen since, by "CFO on the phone"$/) as unknown });
    expect(next_action).toMatchObject({ action: 'disqualify', reason: 'unreachable', because: '3 attempts to reach the person have failed' });
  });

  it('answers without routing, and says so', async () => {
    routingIsThere = false;
    expect(await ask(newLead(), { ask: 'next_action' })).toMatchObject({ missing: ['routing'], next_action: { action: 'schedule_call' } });
  });

  it('refuses leads that are not there, merged or converted', async () => {
    expect(await refused(ask(999_999, { ask: 'qualify' }))).toMatchObject({ kind: 'not_found' });
    expect(await refused(ask(newLead(), { ask: 'qualify' }, 'globex'))).toMatchObject({ kind: 'not_found' });
    const [done, gone, primary] = [newLead(), newLead(), newLead()];
    leads.set(done, intakeState({ lead_id: done, converted: into(done) }));
    expect(await refused(ask(done, { ask: 'qualify' }))).toMatchObject({ code: 'lead_locked', more: { converted: { customer_id: done } } });
    leads.set(gone, intakeState({ lead_id: gone, merged_into: primary }));
    expect(await refused(ask(gone, { ask: 'qualify' }))).toMatchObject({ code: 'lead_merged', more: { primary_id: primary } });
  });
});

describe('settings', () => {
  const OURS: MailTemplate = { name: 'ours', language: 'en', subject: 'For {{company_name}}', body: 'Hi {{first_name}}\n{{owner}}' };

  it('are versions of a document, each tenant its own', async () => {
    expect(await cell.ask(GetCopilotSettings, { context: cell.context({ tenant: testTenant('acme') }) })).toMatchObject({ settings: { version: 0, document: { use_model: false, templates: [] } } });
    expect(await putSettings({ templates: [OURS] }, 'acme')).toMatchObject({ settings: { version: 1 } });
    expect(await putSettings({ templates: [] }, 'acme')).toMatchObject({ settings: { version: 2 } });
    expect(await cell.ask(GetCopilotSettings, { context: cell.context({ tenant: testTenant('acme') }), version: 1 })).toMatchObject({ settings: { document: { templates: [OURS] } } });
    expect(await cell.ask(GetCopilotSettings, { context: cell.context() })).toMatchObject({ settings: { version: 0 } });
  });

  it('are refused with everything that is wrong, and nothing is written', async () => {
    const { errors } = await refused(putSettings({ templates: [{ ...OURS, subject: '{{revenue}}', when: { field: 'x', op: 'eq', value: 1 } }] }, 'acme'));
    expect(errors).toMatchObject([{ field: 'templates.0.when.field', code: 'unknown_field' }, { field: 'templates.0.subject', code: 'unknown_field' }]);
    expect(await refused(putSettings({ templates: [], colour: 'red' }, 'acme'))).toMatchObject({ errors: [{ field: 'colour', code: 'unknown_field' }] });
    expect(await cell.ask(GetCopilotSettings, { context: cell.context({ tenant: testTenant('acme') }) })).toMatchObject({ settings: { version: 2 } });
  });

  it('write the mail', async () => {
    await putSettings({ templates: [OURS] }, 'initech');
    expect((await askOfAll(newLead(), { ask: 'draft_email' }, 'initech')).email).toMatchObject({ template: 'ours', to: SARAH.email, subject: 'For TechCorp Inc', body: 'Hi Sarah\nDana Kim' });
    expect((await ask(newLead(), { ask: 'draft_email', language: 'de' }, 'initech')).email).toMatchObject({ template: 'default de, vendor, technology', subject: 'Ihre Demo' });
  });
});

describe('in the words of a model', () => {
  beforeAll(() => putSettings({ use_model: true, templates: [] }));

  const words = (more: object = {}) => JSON.stringify({ action: 'schedule_call', because: 'Sarah asked for a demo, and the score is 82.', ...more });
  const next = () => ask(newLead(), { ask: 'next_action' });

  it('that keep to the record: marked as such, with the facts', async () => {
    model.behaves = (answer) => answer(words());
    const answer = await next();
    expect(answer).toMatchObject({ source: 'model', model: { name: 'small', refused: null }, next_action: { action: 'schedule_call', because: 'Sarah asked for a demo, and the score is 82.' } });
    expect(answer.next_action.facts).toEqual(expect.arrayContaining([{ field: 'lead.first_name', value: 'Sarah' }, { field: 'score.total_score', value: 82 }]));
    const [{ authorization, body }] = model.asked;
    expect({ authorization, model: body.model, format: body.response_format }).toEqual({ authorization: 'Bearer sk-secret', model: 'small', format: { type: 'json_object' } });
    expect(JSON.stringify(body)).not.toMatch(/sarah@techcorp|493012345678|Elm Street|techcorp\.example|1980-05-17/);
  });

  it('that write a mail', async () => {
    model.behaves = (answer) => answer(words({ subject: 'Your demo at TechCorp', body: 'Hello Sarah,\n\nthank you for asking.\n\nKind regards\nDana Kim' }));
    expect(await askOfAll(newLead(), { ask: 'draft_email' })).toMatchObject({ source: 'model', email: { subject: 'Your demo at TechCorp', to: SARAH.email, template: 'model' } });
  });

  it.each<[string, string, Model['behaves'], object?]>([
    ['invents facts', 'not_in_the_record', (answer) => answer(words({ because: 'Peter Miller has $90K for it.' })), { unsupported: ['90K', '$', 'Peter', 'Miller'] }],
    ['decides otherwise', 'contradicts_the_record', (answer) => answer(words({ action: 'disqualify' }))],
    ['says no JSON', 'unreadable', (answer) => answer('Sure, here is what I think!')],
    ['breaks the protocol', 'unreadable', (_answer, response) => void response.writeHead(200).end('{"choices": [')],
    ['says nothing', 'unreadable', (_answer, response) => void response.writeHead(200).end('{"choices": []}')],
    ['goes on for ever', 'unreadable', (_answer, response) => void response.writeHead(200).end(' '.repeat(300_000))],
    ['fails', 'failed', (_answer, response) => void response.writeHead(500).end('{"error": {"message": "overloaded"}}')],
    ['has too much to do', 'failed', (_answer, response) => void response.writeHead(429).end()],
    ['sends us elsewhere', 'unreachable', (_answer, response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()],
    ['hangs up', 'unreachable', (_answer, response) => void response.destroy()],
  ])('is answered in our own when it %s', async (_what, why, behaves, more = {}) => {
    model.behaves = behaves;
    expect(await next()).toMatchObject({ source: 'built_in', model: { name: 'small', refused: why, ...more }, next_action: { action: 'schedule_call', because: expect.stringContaining('It is hot, with a score of 82') as unknown } });
  });

  it.each<[string, Model['behaves']]>([
    ['is slow', () => undefined], ['stops in the middle', (_answer, response) => void response.writeHead(200).write('{"choices": [')],
  ])('is waited for no longer than the installation says when it %s, and answered in our own', async (_what, behaves) => {
    model.behaves = behaves;
    const part = <Part>(type: Type<Part>): Part => app.get(type, { strict: false });
    const impatient = new AskModel(qualificationConfig({ COPILOT_URL, COPILOT_MODEL: 'small', COPILOT_TIMEOUT_MS: '100' }));
    const copilot = new AnswerCopilot(part(GatherRecord), part(KeepCopilotSettings), impatient);
    const { answer } = await copilot.ask({ context: cell.context(), lead_id: newLead(), question: { ask: 'next_action' } });
    expect(answer).toMatchObject({ source: 'built_in', model: { name: 'small', refused: 'timed_out' }, next_action: { action: 'schedule_call' } });
  });

  it('holds nobody up who asks meanwhile', async () => {
    let release = (): void => undefined;
    model.behaves = (answer) => { release = () => answer(words()); };
    const first = next();
    await eventually('the first question is open', () => model.asked.length === 1);
    expect(await next()).toMatchObject({ source: 'built_in', model: { refused: 'busy' } });
    release();
    expect(await first).toMatchObject({ source: 'model' });
  });

  it('is not asked for a German mail, nor for a tenant that does not want it', async () => {
    expect(await ask(newLead(), { ask: 'draft_email', language: 'de' })).toMatchObject({ source: 'built_in', email: { language: 'de' } });
    expect(await ask(newLead(), { ask: 'qualify' }, 'hooli')).toMatchObject({ source: 'built_in' });
    expect(model.asked).toEqual([]);
  });
});
