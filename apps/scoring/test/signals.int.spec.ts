import {
  ExplainScore, FindLeads, GetIdentities, LeadMerged, NurtureEnrolled, NurtureExited, TakeSignals, type Identity, type IntakeState, type LeadSignalledData,
  type NurtureEnrolment, type SignalItem, type SignalResult,
} from '@headwater/contracts';
import { Consumer } from '@headwater/messaging';
import { eventually } from '@headwater/testing';
import { captured, engaged, refusal, Scene } from './scene';

let scene: Scene;
/** the addresses by which intake knows leads, in lower case */
const addresses = new Map<string, number>();
const nameOf = ({ tenant, kind, value }: Identity) => `${tenant} ${kind} ${value}`;

beforeAll(async () => {
  scene = await Scene.start();
  await scene.cell.answer(FindLeads, ({ identities }) => ({
    found: identities.map(({ value, ...rest }) => {
      const known = value.includes('@') || rest.kind === 'external_id' ? value.toLowerCase() : null;
      return { value: known, lead_id: (known && addresses.get(nameOf({ ...rest, value: known }))) ?? null };
    }),
  }));
  await scene.cell.answer(GetIdentities, ({ leads }) => ({
    identities: [...addresses].filter(([, id]) => leads.some(({ lead_id }) => lead_id === id)).map(([name]) => {
      const [tenant, kind, ...value] = name.split(' ');
      return { tenant, kind: kind as 'email', value: value.join(' ') };
    }),
  }));
});
afterAll(() => scene.cell.stop());

const isNow = (id: number, email: string) => addresses.set(nameOf({ tenant: 'demo', kind: 'email', value: email }), id);
let count = 0;
const signal = (given: Partial<SignalItem>): SignalItem =>
  ({ tenant: 'demo', id: `signal-${(count += 1)}`, type: 'web_visit', sender: '7', correlation_id: '11111111-1111-4111-8111-111111111111', ...given });
const take = async (...items: SignalItem[]): Promise<SignalResult[]> => (await scene.cell.ask(TakeSignals, { items })).results;
const states = (results: SignalResult[]) => results.map((result) => (result.ok ? result.state : result.error.code));
const behaviorOf = async ({ lead_id }: IntakeState) => (await scene.scoreOf(lead_id))!.computed.behavioral_score;
const waiting = () => scene.cell.rows('scoring', 'select value, signal_id from unknown_signal');
const minutes = (n: number) => new Date(Date.now() + n * 60_000).toISOString();
/** Intake is asked for somebody unknown after 2 seconds, and again after 10 more where that was too early. */
const ASKED_TWICE = { timeoutMs: 30_000 };

it('what can wait makes room for signals that are only sent by request', async () => {
  const isExpected = () => scene.replicas.some((app) => app.get(Consumer, { strict: false }).expectsLive);
  expect(isExpected()).toBe(false);
  // More is expected for three seconds, which a busy machine may take to look.
  await eventually('more is expected after a signal', async () => {
    await take(signal({ lead_id: scene.leadAtIntake().lead_id }));
    return isExpected();
  });
});

describe('signals of leads', () => {
  it('count once by their id, in whatever order and however often they come, and are told of', async () => {
    const lead = await scene.known();
    const [early, late] = [signal({ lead_id: lead.lead_id, type: 'demo_request', at: minutes(-90) }), signal({ lead_id: lead.lead_id, type: 'call' })];
    expect(states(await take(late, early, early))).toEqual(['counted', 'counted', 'repeated']);
    await Promise.all([take(early, late), take(late, early)]);
    expect(await behaviorOf(lead)).toBe(37);
    await scene.cell.settled();
    expect(scene.scoredEvents(lead.lead_id).at(-1)!.data.score.effective.behavioral_score).toBe(37);
    expect(scene.scoredEvents(lead.lead_id)).toHaveLength(2);
    expect(await scene.unfolded([lead.lead_id])).toEqual([]);
  });

  it('are told of while the lead is nurtured, each once, those too that came before that was known; nothing is of others', async () => {
    const [nurtured, other] = [await scene.known(), await scene.known()];
    const enrolment: NurtureEnrolment = { number: 1, stage: 'problem', enrolled_at: minutes(-10), enrolled_by: 'a', because: 'b', exited_at: null };
    const id = nurtured.lead_id;
    const enrolled = NurtureEnrolled.ofLead('demo', nurtured, { lead_id: id, enrolment });
    const exited = NurtureExited.ofLead('demo', nurtured, { lead_id: id, enrolment: { ...enrolment, exited_at: minutes(0), exit: 'person' } });
    const told = () => scene.cell.events<LeadSignalledData>('lead.signalled').flatMap(({ data }) => data.signals.map(({ type }) => `${data.lead_id} ${type}`));
    await take(signal({ lead_id: id, type: 'call', at: minutes(-20) }), signal({ lead_id: id, type: 'webinar', at: minutes(-5) }));
    await scene.happens([enrolled], { times: 2 });
    const demo = signal({ lead_id: id, type: 'demo_request', properties: { page: '/demo' } });
    await take(demo, signal({ lead_id: other.lead_id, type: 'demo_request' }));
    await take(demo);
    await scene.cell.settled();
    expect(told()).toEqual([`${id} webinar`, `${id} demo_request`]);
    await scene.happens([exited, enrolled], { times: 2, shuffle: true });
    await take(signal({ lead_id: id, type: 'meeting' }));
    await scene.cell.settled();
    expect(told()).toHaveLength(2);
  });

  it('of leads that were merged into a nurtured one are told of, too, also those that came before that was known; what both did was done once', async () => {
    const [nurtured, part] = [await scene.known(), await scene.known()];
    await scene.happens([LeadMerged.ofLead('demo', { ...part, revision: 2 }, { lead: { ...part, revision: 2, merged_into: nurtured.lead_id }, primary_id: nurtured.lead_id })]);
    const told = () => scene.cell.events<LeadSignalledData>('lead.signalled').filter(({ data }) => [nurtured.lead_id, part.lead_id].includes(data.lead_id))
      .flatMap(({ data }) => data.signals.map(({ type }) => `${data.lead_id} ${type}`)).sort();
    const both = signal({ lead_id: nurtured.lead_id, type: 'webinar', at: minutes(-5) });
    await take(both, { ...both, lead_id: part.lead_id }, signal({ lead_id: part.lead_id, type: 'call', at: minutes(-4) }), signal({ lead_id: part.lead_id, type: 'meeting', at: minutes(-20) }));
    const enrolment: NurtureEnrolment = { number: 1, stage: 'problem', enrolled_at: minutes(-10), enrolled_by: 'a', because: 'b', exited_at: null };
    await scene.happens([NurtureEnrolled.ofLead('demo', nurtured, { lead_id: nurtured.lead_id, enrolment })], { times: 2 });
    await take(signal({ lead_id: part.lead_id, type: 'demo_request' }));
    await scene.cell.settled();
    expect(told()).toEqual([`${nurtured.lead_id} webinar`, `${part.lead_id} call`, `${part.lead_id} demo_request`]);
  });

  it('are refused one by one: in the future, of nobody, of another tenant, of no address', async () => {
    const lead = await scene.known();
    const results = await take(
      signal({ lead_id: lead.lead_id, at: minutes(4) }), signal({ lead_id: lead.lead_id, at: minutes(6) }), signal({}),
      signal({ lead_id: lead.lead_id, tenant: 'other' }), signal({ lead_id: 999_999 }), signal({ email: 'nonsense' }),
      signal({ type: 'identify', visitor_id: 'alone' }));
    expect(states(results)).toEqual(['counted', 'signal_in_future', 'required', 'not_found', 'not_found', 'wrong_format', 'required']);
  });

  it('are refused where their Idempotency-Key came with another body before, also at the same time', async () => {
    const lead = await scene.known();
    const keyed = (key: string, hash: string, id: string) => signal({ id, lead_id: lead.lead_id, type: 'webinar', idempotency: { scope: '7 POST /events', key, hash } });
    expect(states(await take(keyed('k1', 'one', 'k-0'), keyed('k1', 'one', 'k-1')))).toEqual(['counted', 'counted']);
    expect(states(await take(keyed('k1', 'one', 'k-0'), keyed('k1', 'other', 'k-2'), keyed('k2', 'other', 'k-3')))).toEqual(['repeated', 'idempotency_key_reused', 'counted']);
    const atOnce = await Promise.all(['one', 'other', 'third'].map((hash) => take(keyed('k3', hash, `k3-${hash}`))));
    expect(states(atOnce.flat()).sort()).toEqual(['counted', 'idempotency_key_reused', 'idempotency_key_reused']);
  });

  it('of a type that the model has no rule for are kept, with a warning', async () => {
    const lead = await scene.known();
    const [result] = await take(signal({ lead_id: lead.lead_id, type: 'trial_started' }));
    expect(result).toMatchObject({ ok: true, state: 'counted', warnings: [{ code: 'unscored_signal' }] });
    expect(await scene.scoreOf(lead.lead_id)).toMatchObject({ computed: { behavioral_score: 0, temperature: 'cold' } });
  });

  it('find a lead whose event has not come yet, and are not taken while intake can not be asked', async () => {
    const lead = scene.leadAtIntake();
    isNow(lead.lead_id, 'early@example.com');
    expect(await take(signal({ email: 'Early@Example.com', type: 'demo_request' }))).toMatchObject([{ state: 'counted', lead_id: lead.lead_id }]);
    scene.isIntakeThere = false;
    try {
      expect(await refusal(take(signal({ lead_id: scene.leadAtIntake().lead_id })))).toMatchObject({ kind: 'unavailable' });
    } finally {
      scene.isIntakeThere = true;
    }
  });
});

describe('signals of somebody unknown', () => {
  it('wait, each once, and count once when the lead appears', async () => {
    const early = [signal({ email: 'later@example.com', type: 'demo_request' }), signal({ email: 'Later@example.com', type: 'call' })];
    expect(states(await take(...early))).toEqual(['waiting', 'waiting']);
    expect(states(await take(...early))).toEqual(['repeated', 'repeated']);
    const lead = scene.leadAtIntake();
    isNow(lead.lead_id, 'later@example.com');
    await scene.cell.publish([captured(lead)], { times: 2 });
    await eventually('they count', async () => (await behaviorOf(lead)) === 37, ASKED_TWICE);
    expect(states(await take(...early))).toEqual(['repeated', 'repeated']);
    expect(await behaviorOf(lead)).toBe(37);
    expect(await waiting()).toEqual([]);
    expect(await scene.unfolded([lead.lead_id])).toEqual([]);
  });

  it('find their lead though it appeared before they were kept: intake is asked again', async () => {
    await take(signal({ external_id: 'crm-1', type: 'webinar' }));
    const lead = await scene.known();
    addresses.set('demo external_id 7 crm-1', lead.lead_id);
    await eventually('they count', async () => (await behaviorOf(lead)) === 10, ASKED_TWICE);
  });

  it('are kept up to 200 for each, the newest', async () => {
    await take(...Array.from({ length: 203 }, (_, i) => signal({ email: 'busy@example.com', id: `busy-${i}`, at: minutes(-i) })));
    const kept = await scene.cell.rows<{ signal_id: string }>('scoring', `select signal_id from unknown_signal where value = 'busy@example.com'`);
    expect(kept).toHaveLength(200);
    expect(kept.map(({ signal_id }) => signal_id)).not.toEqual(expect.arrayContaining(['busy-200']));
  });
});

describe('a cookie', () => {
  const visit = (visitor_id: string, given: Partial<SignalItem> = {}) => signal({ visitor_id, type: 'pricing_view', ...given });
  const form = (lead: IntakeState, visitor_id: string, at: string) => {
    const event = engaged(lead.lead_id, 'form_submission', `form-${(count += 1)}`);
    return { ...event, data: { ...event.data, at, properties: { visitor_id } } };
  };

  it('is evidence: what it did counts for the lead whose form carried it, exactly once', async () => {
    const lead = await scene.known();
    const early = visit('anna', { at: minutes(-60) });
    expect(states(await take(early))).toEqual(['waiting']);
    await scene.happens([form(lead, 'anna', minutes(-30))], { times: 2 });
    expect(await behaviorOf(lead)).toBe(18);
    expect(await take(early, visit('anna'))).toMatchObject([{ state: 'repeated' }, { state: 'counted', lead_id: lead.lead_id }]);
  });

  it('may be shared: a visit is of who said last before it that it is theirs', async () => {
    const [one, other] = [await scene.known(), await scene.known()];
    await scene.happens([form(other, 'shared', minutes(-10)), form(one, 'shared', minutes(-50))], { shuffle: true });
    expect(await take(visit('shared', { at: minutes(-60) }), visit('shared', { at: minutes(-20) }), visit('shared'))).toMatchObject([
      { lead_id: one.lead_id }, { lead_id: one.lead_id }, { lead_id: other.lead_id },
    ]);
  });

  it('is said to be somebody’s by an identify, also before that one is known; that scores nothing itself', async () => {
    await take(visit('ben'), signal({ type: 'identify', email: 'ben@example.com', visitor_id: 'ben' }));
    const lead = scene.leadAtIntake();
    isNow(lead.lead_id, 'ben@example.com');
    await scene.cell.publish([captured(lead)]);
    await eventually('the visit counts', async () => (await behaviorOf(lead)) === 8, ASKED_TWICE);
    const { contributions } = await scene.cell.ask(ExplainScore, { context: scene.cell.context(), lead_id: lead.lead_id });
    expect(contributions.filter(({ part }) => part === 'behavioral').map(({ rule }) => rule)).toEqual(['signal.pricing_view']);
  });

  it('meets its lead exactly once however many say and visit at once', async () => {
    const lead = await scene.known();
    const visits = Array.from({ length: 8 }, (_, i) => visit('crowd', { type: 'web_visit', id: `crowd-${i}` }));
    await Promise.all([
      ...visits.map((one) => take(one)), ...visits.map((one) => take(one)),
      scene.cell.publish([form(lead, 'crowd', minutes(-1))], { times: 2 }),
      take(signal({ type: 'identify', lead_id: lead.lead_id, visitor_id: 'crowd' })),
    ]);
    await scene.cell.settled();
    expect(await behaviorOf(lead)).toBe(18);
    expect(await scene.cell.rows('scoring', `select from signal where lead_id = $1`, [lead.lead_id])).toHaveLength(9);
    expect(await scene.unfolded([lead.lead_id])).toEqual([]);
  });
});
