import { v7 as uuidv7 } from 'uuid';
import {
  AppendToImport, BeginImport, CaptureLeads, ChangeImport, ChangeStatus, EnrichLead, FinishUpload, LeadCaptured, LeadEngaged, LeadUpdated, MergeLeads, NurtureLead,
  PutEnrichmentSetup, PutModel, PutSetup, StartReassignment, UnmergeLeads, type CaptureResult,
} from '@headwater/contracts';
import { SPOOL_SUBJECT, STREAM } from '@headwater/messaging';
import { FAULT_POINTS, type FaultPoint } from '@headwater/platform';
import { captureItem, eventually, intakeState, startCell, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../../apps/intake/src/intake.module';
import { qualification } from '../../apps/qualification/src/qualification.module';
import { routing } from '../../apps/routing/src/routing.module';
import { equalReps, scored } from '../../apps/routing/test/setups';
import { defaultModel } from '../../apps/scoring/src/domain/default-model';
import { scoring } from '../../apps/scoring/src/scoring.module';

const SERVICES = { intake, scoring, routing, qualification };

/** What a service is killed in the middle of, and what has to hold when its next replica runs. */
interface Row {
  between: string;
  service: keyof typeof SERVICES;
  /** dies when it gets there for the n-th time: the first unless told */
  arrival?: number;
  /** leads the running service to the point; that it is answered can't be expected */
  provoke: () => Promise<unknown>;
  /** while nobody runs */
  stopped?: () => Promise<void>;
  holds: () => Promise<void>;
}

let cell: Cell;
beforeEach(async () => { cell = await startCell({ services: [] }); });
afterEach(() => cell.stop());

const submission = captureItem(
  { last_name: 'Byron', email: 'ada@analytical.example.com' }, { idempotency: { scope: 'key-1 POST /leads', key: 'one', hash: 'hash' } });
const send = async (item = submission): Promise<CaptureResult> =>
  (await cell.ask(CaptureLeads, { items: [item], tenants: { demo: testTenant() } })).results[0];
const lead = intakeState({ lead_id: 1 });
const captured = LeadCaptured.ofLead('demo', lead, {
  lead, enrichment_pending: false,
  touch: { lead_id: 1, submission_id: 's', at: lead.created_at, entry: 'api', channel: 'direct', raised_hand: true },
});
const visited = LeadEngaged.ofLead('demo', { lead_id: 1 }, { lead_id: 1, signal_id: 'a', signal: 'web_visit', at: lead.created_at });
const unscorable = LeadUpdated.ofLead('demo', { lead_id: 2 }, { lead: { ...lead, profile: 'none' as never }, changed: [] });
const count = async (service: Row['service'], table: string): Promise<number> =>
  Number((await cell.rows<{ count: string }>(service, `select count(*) from ${table}`))[0].count);

/** A claim of the dead relay is good for ten seconds: they are over. */
const leaseRunsOut = async (service: Row['service'] = 'intake'): Promise<void> => {
  await cell.rows(service, `update outbox_pending set claimed_until = now() where claimed_until is not null`);
};
const published = async (): Promise<string[]> => {
  await cell.settled(); // an empty outbox alone doesn't tell that the cell has heard of it
  return cell.events('lead.captured').map(({ id }) => id);
};
const storedEvents = async (): Promise<number> => (await (await cell.jetstream()).streams.info(STREAM)).state.messages;
const scoreIsThere = () => eventually('a score', async () => (await count('scoring', 'score_ledger')) === 1);
const visit = async (): Promise<void> => {
  await cell.publish([captured]);
  await scoreIsThere();
  await cell.publish([visited]);
};
/** Scores all leads anew, of which there is one, by points for a phone number that is none. */
const remodel = async (): Promise<void> => {
  await cell.publish([captured]);
  await scoreIsThere();
  const document = { ...defaultModel, demographic: { ...defaultModel.demographic, phone: { valid: 4, invalid: 2 } } };
  await cell.ask(PutModel, { context: cell.context(), document });
};
/** A rep leaves, and has one lead. */
const reassign = async (): Promise<void> => {
  const context = cell.context();
  const { reps: [rep] } = await cell.ask(PutSetup, { context, setup: equalReps(['a', 'b']) });
  await cell.publish([scored('demo', 1)]);
  await eventually('the lead has an owner', async () => (await count('routing', 'decision')) === 1);
  await cell.ask(StartReassignment, { context, request: { rep_id: rep.id } });
};
/** What the ledger says twice has counted twice. */
const ledger = async (): Promise<string[]> => {
  await eventually('the visit has counted', async () => (await count('scoring', 'score_ledger')) > 1);
  await cell.settled({ deadLetters: true });
  return (await cell.rows<{ cause: string }>('scoring', 'select cause from score_ledger order by id')).map(({ cause }) => cause);
};

const lookUp = async (): Promise<unknown> => {
  await cell.ask(PutEnrichmentSetup, { context: cell.context(), setup: { providers: [{ name: 'table', kind: 'company_table' }] } });
  const sent = await send();
  return sent.ok && cell.ask(EnrichLead, { context: cell.context(), lead_id: sent.answer.lead!.lead_id });
};
/** A claim of the dead worker is good for a minute: it is over. */
const claimRunsOut = async (): Promise<void> => {
  await cell.rows('intake', 'update enrichment_job set claimed_until = now()');
};
const captureTwo = async (): Promise<void> => {
  await cell.add(qualification);
  await cell.add(scoring);
  for (const email of ['ada@example.com', 'byron@example.com']) await send(captureItem({ last_name: 'Byron', email }));
};
const merge = () => cell.ask(MergeLeads, { context: cell.context(), lead_id: 1, lead_ids: [2] });
const mergeTwo = async () => {
  await captureTwo();
  await merge();
};
const unmergeTwo = async () => {
  await mergeTwo();
  await cell.ask(UnmergeLeads, { context: cell.context(), merge_id: 1 });
};
const status = (lead_id: number) => cell.ask(ChangeStatus, { context: cell.context(), command_id: uuidv7(), lead_id, patch: { status: 'contacted' } });
const reserved = async (): Promise<number[]> => (await cell.rows<{ id: string }>('qualification',
  'select lead_id as id from lead_status where reservation_token is not null order by lead_id')).map(({ id }) => Number(id));
const states = async (): Promise<string[]> => (await cell.rows<{ state: string }>('intake', 'select state from merge order by id')).map(({ state }) => state);
const mergedInto = async (): Promise<number | null> => {
  const [{ id }] = await cell.rows<{ id: string | null }>('intake', 'select merged_into as id from lead where id = 2');
  return id === null ? null : Number(id);
};
/** A reservation is good for thirty seconds: they are over. */
const leasesRunOut = () => cell.rows('qualification', 'update lead_status set lease_until = now() where lease_until is not null');

const PEOPLE = 1_000;
/** A file of several batches, whose worker is waited for before it is thought dead. */
const importPeople = async (): Promise<void> => {
  const file = ['name,email', ...Array.from({ length: PEOPLE }, (_, i) => `Person ${i},p${i}@list.example`)].join('\n');
  const context = cell.context();
  const { import: { id } } = await cell.ask(BeginImport, { context, name: 'list.csv' });
  await cell.ask(AppendToImport, { tenant: 'demo', import_id: id, index: 0, bytes: Buffer.from(file).toString('base64') });
  await cell.ask(FinishUpload, { context, import_id: id, bytes: file.length });
  await cell.ask(ChangeImport, { context, import_id: id, command: 'start' });
};
const importIsComplete = async (): Promise<void> => {
  await cell.rows('intake', 'update import set leased_until = now()');
  await eventually('the import is done', async () => (await cell.rows<{ state: string }>('intake', 'select state from import'))[0].state === 'done');
  expect(await cell.rows('intake', 'select verdicts from import')).toEqual([{ verdicts: { created: PEOPLE } }]);
  expect([await count('intake', 'lead'), await count('intake', 'touch'), await count('intake', 'import_row'), await count('intake', 'submission')])
    .toEqual([PEOPLE, PEOPLE, PEOPLE, PEOPLE]);
  await published();
  expect(new Set(cell.events('lead.captured').map(({ id }) => id)).size).toBe(PEOPLE);
};

/** A lead is nurtured, and its day is today. */
const recycle = async (): Promise<void> => {
  await cell.publish([captured]);
  await eventually('the lead is known', async () => (await count('qualification', 'lead_status')) === 1);
  await cell.ask(NurtureLead, { context: cell.context(), lead_id: 1, body: {} });
  await cell.rows('qualification', `update enrolment set next_at = now(), dates = jsonb_build_array(jsonb_build_object('name', null, 'at', now()))`);
};

/** Those of a conversion have a table of their own, converting.int.spec.ts. */
type Point = Exclude<FaultPoint, `conversion.${string}`>;
const isOurs = (point: FaultPoint): point is Point => !point.startsWith('conversion.');

const ROWS: Record<Point, Row> = {
  'enrichment.before_store': {
    between: 'an answer of a stranger and its storing: it is asked for once more, and told of once', service: 'intake', provoke: lookUp, stopped: claimRunsOut,
    holds: async () => {
      await eventually('the lead is looked up', async () => (await count('intake', 'enrichment_job')) === 0);
      await cell.settled();
      expect(cell.events('lead.enriched')).toHaveLength(1);
      const attempts = await cell.rows<{ outcome: string }>('intake', 'select outcome from enrichment_attempt order by id');
      expect(attempts.map(({ outcome }) => outcome)).toEqual(['interrupted', 'nothing']);
    },
  },
  'capture.after_commit': {
    between: "commit and answer: the client's retry is answered by the first lead, touch and verdict", service: 'intake',
    provoke: () => send(),
    holds: async () => {
      expect(await send({ ...submission, submission_id: uuidv7() })).toMatchObject({
        ok: true, answer: { submission_id: submission.submission_id, verdict: 'created', lead: { revision: 1 } },
      });
      expect([await count('intake', 'lead'), await count('intake', 'touch')]).toEqual([1, 1]);
    },
  },
  'spool.before_ack': {
    between: 'commit and acknowledgement of what was spooled: it is one lead, with one touch', service: 'intake',
    provoke: async () => (await cell.jetstream()).jetstream().publish(`${SPOOL_SUBJECT}.demo.${submission.submission_id}`,
      JSON.stringify({ id: submission.submission_id, tenantid: 'demo', content: { item: submission, tenant: testTenant() } })),
    holds: async () => {
      await cell.settled();
      expect([await count('intake', 'lead'), await count('intake', 'touch')]).toEqual([1, 1]);
      expect(await storedEvents()).toBe(1);
    },
  },
  'matching.before_commit': {
    between: 'what was found of two leads and its commit: they are one review', service: 'intake', arrival: 2,
    provoke: () => cell.ask(CaptureLeads, {
      items: ['ada.byron@analytical.example.com', 'ada.byron@home.example.com'].map((email) => (
        { ...submission, submission_id: uuidv7(), idempotency: undefined, lead: { first_name: 'Ada', last_name: 'Byron', email } })),
      tenants: { demo: testTenant() },
    }),
    holds: async () => {
      await eventually('nothing is left to do', async () => (await count('intake', 'match_work')) === 0);
      expect([await count('intake', 'duplicate_review'), await count('intake', 'match_record')]).toEqual([1, 2]);
    },
  },
  'import.before_commit': {
    between: 'the verdicts of a batch of rows and their commit: each row is one lead', service: 'intake', arrival: 2, provoke: importPeople,
    holds: importIsComplete,
  },
  'import.after_commit': {
    between: 'a batch of rows and the next one: each row is one lead', service: 'intake', arrival: 2, provoke: importPeople, holds: importIsComplete,
  },
  'relay.before_publish': {
    between: 'commit and publish: the event comes out', service: 'intake', provoke: () => send(), stopped: () => leaseRunsOut(),
    holds: async () => expect(await published()).toHaveLength(1),
  },
  'relay.after_publish': {
    between: 'publish and mark: the event comes out again under the same id, and is one', service: 'intake',
    provoke: () => send(), stopped: () => leaseRunsOut(),
    holds: async () => {
      const ids = await published();
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(1);
      expect(await storedEvents()).toBe(1);
    },
  },
  'consumer.before_commit': {
    between: 'effect and commit: the effect is there once', service: 'scoring', arrival: 2, provoke: visit,
    holds: async () => expect(await ledger()).toEqual(['capture', 'signal']),
  },
  'consumer.after_commit': {
    between: 'commit and acknowledgement: the effect is there once', service: 'scoring', arrival: 2, provoke: visit,
    holds: async () => expect(await ledger()).toEqual(['capture', 'signal']),
  },
  'merge.after_begin': {
    between: 'the beginning of a merge and its reservation: nothing is held, and the next attempt merges', service: 'intake', provoke: mergeTwo,
    holds: async () => {
      expect([await reserved(), await mergedInto()]).toEqual([[], null]);
      await merge();
      expect(await states()).toEqual(['started', 'done']);
    },
  },
  'merge.after_reserve': {
    between: 'reservation and merge: when the lease is over intake gives it up, and the next attempt merges', service: 'intake', provoke: mergeTwo,
    holds: async () => {
      expect([await reserved(), await mergedInto()]).toEqual([[1, 2], null]);
      await leasesRunOut();
      await merge();
      expect([await states(), await reserved()]).toEqual([['aborted', 'done'], []]);
    },
  },
  'merge.after_commit': {
    between: 'merge and telling of it: the events tell, and nothing stays reserved', service: 'intake', provoke: mergeTwo, stopped: () => leaseRunsOut(),
    holds: async () => {
      await cell.settled();
      expect([await states(), await reserved(), await mergedInto()]).toEqual([['done'], [], 1]);
      await expect(status(2)).rejects.toMatchObject({ body: { code: 'lead_merged', more: { primary_id: 1 } } });
      expect(await count('scoring', 'lead_tie')).toBe(1);
    },
  },
  'rescore.before_commit': {
    between: 'what a re-score has changed and its commit: the next replica does it', service: 'scoring', provoke: remodel,
    holds: async () => expect(await ledger()).toEqual(['capture', 'model']),
  },
  'rescore.after_commit': {
    between: 'the commit of a re-score and what follows: it is done once', service: 'scoring', provoke: remodel,
    stopped: () => leaseRunsOut('scoring'), holds: async () => expect(await ledger()).toEqual(['capture', 'model']),
  },
  'reassignment.before_commit': {
    between: 'what a part of a reassignment has changed and its commit: the next replica does it', service: 'routing', provoke: reassign,
    holds: async () => {
      await eventually('it is done', async () => (await cell.rows('routing', 'select from rep_reassignment where done_at is not null')).length === 1);
      await cell.settled();
      expect(await cell.rows('routing', 'select reassigned::int, unassigned::int from rep_reassignment')).toEqual([{ reassigned: 1, unassigned: 0 }]);
      expect(await cell.rows('routing', 'select cause from decision order by id')).toEqual([{ cause: 'first_score' }, { cause: 'reassignment' }]);
      expect(await cell.rows('routing', 'select open_leads::int from rep_load order by rep_id')).toEqual([{ open_leads: 0 }, { open_leads: 1 }]);
    },
  },
  'sla.before_commit': {
    between: 'a breach and its commit: the next replica finds it, and it is told once', service: 'routing',
    provoke: () => cell.publish([scored('demo', 1, { score: { temperature: 'hot' } }, { created_at: '2026-11-20T09:00:00.000Z' })]),
    holds: async () => {
      await eventually('the breach is told', () => cell.events('sla.breached').length > 0);
      await cell.settled();
      expect(cell.events('sla.breached')).toHaveLength(1);
      expect(await cell.rows('routing', 'select state from sla_clock')).toEqual([{ state: 'breached' }]);
    },
  },
  'nurture.before_commit': {
    between: 'the return of a lead whose day has come and its commit: the next replica finds it, and it is told once', service: 'qualification', provoke: recycle,
    holds: async () => {
      await eventually('the lead is back', () => cell.events('nurture.exited').length > 0);
      await cell.settled();
      expect([cell.events('nurture.exited').length, cell.events('lead.contacted').length]).toEqual([1, 1]);
      expect(await cell.rows('qualification', 'select to_status from transition order by id')).toEqual([{ to_status: 'nurturing' }, { to_status: 'contacted' }]);
    },
  },
  'dead_letter.after_commit': {
    between: 'dead letter and term: it is one dead letter, and the flow goes on', service: 'scoring',
    provoke: () => cell.publish([unscorable]),
    holds: async () => {
      await visit();
      expect(await ledger()).toEqual(['capture', 'signal']);
      expect(await count('scoring', 'dead_letter')).toBe(1);
    },
  },
};

/** A merge is taken back in the same steps: each point is reached a second time. */
const UNMERGING: [Point, Row][] = [
  ['merge.after_reserve', {
    between: 'reservation and unmerge: when the lease is over intake gives it up, and the next attempt unmerges', service: 'intake', arrival: 2, provoke: unmergeTwo,
    holds: async () => {
      expect([await reserved(), await mergedInto()]).toEqual([[1, 2], 1]);
      await leasesRunOut();
      await expect(status(2)).rejects.toMatchObject({ body: { code: 'lead_merged' } });
      await cell.ask(UnmergeLeads, { context: cell.context(), merge_id: 1 });
      expect([await reserved(), await mergedInto()]).toEqual([[], null]);
    },
  }],
  ['merge.after_commit', {
    between: 'unmerge and telling of it: the next command finds it done, when the lease is over', service: 'intake', arrival: 2, provoke: unmergeTwo,
    holds: async () => {
      expect(await mergedInto()).toBeNull();
      await leasesRunOut();
      expect((await status(2)).qualification.status).toBe('contacted');
      expect(await reserved()).toEqual([]);
    },
  }],
];

it('every fault point has its row', () => {
  expect(Object.keys(ROWS).sort()).toEqual(FAULT_POINTS.filter(isOurs).sort());
});

describe.each([...Object.entries(ROWS), ...UNMERGING])('killed at %s', (point, { between, service, arrival = 1, provoke, stopped, holds }) => {
  it(`between ${between}`, async () => {
    const doomed = await cell.spawn({ name: service, fault: `${point}:${arrival}` });
    provoke().catch(() => 'nobody answers any more');
    expect(await doomed.exited).toBe('SIGKILL');
    await stopped?.();
    await cell.add(SERVICES[service], { ACK_WAIT_SECONDS: '1' });
    await holds();
  });
});
