import {
  DeleteCalendar, GetCalendar, GetOwners, ListCalendars, PutCalendar, TenantChanged,
  type Calendar, type CalendarRequest,
} from '@headwater/contracts';
import { testTenant } from '@headwater/testing';
import { refusal, RoutingCell } from './routing-cell';
import { equalReps, scored } from './setups';
import { clocks, putPolicies, withinAMinute } from './sla-world';

const MUNICH: CalendarRequest = {
  name: 'Munich', time_zone: 'Europe/Berlin', weekly: { monday: [{ from: '08:00', to: '12:00' }, { from: '13:00', to: '17:00' }] },
  holidays: { country: 'DE', region: 'BY' }, countries: ['DE'],
};
const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const ALWAYS = Object.fromEntries(WEEK.map((day) => [day, [{ from: '00:00', to: '24:00' }]]));

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

const context = (tenant: string) => world.cell.context({ tenant });
const put = async (tenant: string, calendar: Partial<CalendarRequest>, id?: number): Promise<Calendar> =>
  (await world.cell.ask(PutCalendar, { context: context(tenant), calendar: { ...MUNICH, ...calendar }, ...(id ? { id } : {}) })).calendar;
const list = async (tenant: string): Promise<Calendar[]> => (await world.cell.ask(ListCalendars, { context: context(tenant), limit: 50 })).calendars;

describe('calendars', () => {
  test('begin with office hours in the time zone of the tenant, once, whoever asks first or tells of it', async () => {
    const tenant = world.newTenant();
    await world.deliver([TenantChanged.of(tenant, tenant, { tenant: { ...testTenant(tenant), time_zone: 'Asia/Tokyo' } }, { revision: 1 })], { times: 2 });
    expect(await list(tenant)).toMatchObject([{ name: 'Office hours', time_zone: 'Asia/Tokyo', is_default: true }]);
    const other = world.newTenant();
    await Promise.all([list(other), list(other), put(other, {})]);
    expect((await list(other)).map(({ name, is_default }) => [name, is_default])).toEqual([['Office hours', true], ['Munich', false]]);
  });

  test('follow the tenant into another zone until a person gives them one, whatever order that is heard in', async () => {
    const tenant = world.newTenant();
    const changed = (time_zone: string, revision: number) => TenantChanged.of(tenant, tenant, { tenant: { ...testTenant(tenant), time_zone } }, { revision });
    await world.deliver([changed('Asia/Tokyo', 1)]);
    await world.deliver([changed('America/Lima', 3)], { times: 2 });
    await world.deliver([changed('Europe/Oslo', 2)], { times: 2 });
    const [office] = await list(tenant);
    expect(office).toMatchObject({ time_zone: 'America/Lima', follows_tenant: true });
    const { time_zone: _, ...hours } = MUNICH;
    const moving = (await world.cell.ask(PutCalendar, { context: context(tenant), calendar: { ...hours, name: 'Moving' } })).calendar;
    const fixed = await put(tenant, { name: office.name, is_default: true, time_zone: 'Europe/Berlin' }, office.id);
    expect([moving.follows_tenant, fixed.follows_tenant]).toEqual([true, false]);
    await world.deliver([changed('Asia/Seoul', 4), changed('Asia/Seoul', 5)], { times: 2, shuffle: true });
    expect((await list(tenant)).map(({ name, time_zone }) => [name, time_zone])).toEqual([['Office hours', 'Europe/Berlin'], ['Moving', 'Asia/Seoul']]);
    const moves = await world.cell.rows('routing', `
      select after ->> 'time_zone' as zone from routing_change where tenant_id = $1 and actor = 'system' and action = 'updated' order by id`, [tenant]);
    expect(moves).toEqual([{ zone: 'America/Lima' }, { zone: 'Asia/Seoul' }]);
  });

  test('begin to follow where the tenant is, and are not moved back by what is told late', async () => {
    const tenant = world.newTenant();
    const changed = (time_zone: string, revision: number) => TenantChanged.of(tenant, tenant, { tenant: { ...testTenant(tenant), time_zone } }, { revision });
    const { time_zone: _, ...hours } = MUNICH;
    /** As by a gateway that hasn't heard of the tenant's newest zone. */
    const late = { ...context(tenant), tenant: { ...testTenant(tenant), time_zone: 'Asia/Tokyo' } };
    const putLate = async (calendar: Partial<CalendarRequest>, id?: number) =>
      (await world.cell.ask(PutCalendar, { context: late, calendar: { ...hours, ...calendar }, ...(id ? { id } : {}) })).calendar;
    await world.deliver([changed('Asia/Tokyo', 1)]);
    const [office] = await list(tenant);
    const fixed = await putLate({ name: 'Fixed', time_zone: 'Europe/Berlin' });
    await putLate({ name: office.name, is_default: true, time_zone: 'Europe/Berlin' }, office.id);
    await world.deliver([changed('America/Lima', 3)]);
    expect((await list(tenant)).map(({ time_zone }) => time_zone)).toEqual(['Europe/Berlin', 'Europe/Berlin']);
    await putLate({ name: 'New' });
    await putLate({ name: 'Fixed' }, fixed.id);
    await world.deliver([changed('Europe/Oslo', 2)], { times: 2 });
    const zones = async () => (await list(tenant)).map(({ name, time_zone, follows_tenant }) => [name, time_zone, follows_tenant]);
    expect(await zones()).toEqual([['Office hours', 'Europe/Berlin', false], ['Fixed', 'America/Lima', true], ['New', 'America/Lima', true]]);
    await world.deliver([changed('Asia/Seoul', 4)]);
    expect(await zones()).toEqual([['Office hours', 'Europe/Berlin', false], ['Fixed', 'Asia/Seoul', true], ['New', 'Asia/Seoul', true]]);
  });

  test('are made, replaced and deleted, and it is kept by whom', async () => {
    const tenant = world.newTenant();
    const { id } = await put(tenant, {});
    expect(await put(tenant, { is_default: true }, id)).toMatchObject({ id, is_default: true, holidays: MUNICH.holidays, exceptions: [], countries: ['DE'] });
    const [office] = await list(tenant);
    expect(office.is_default).toBe(false);
    await world.cell.ask(DeleteCalendar, { context: context(tenant), id: office.id });
    expect(await refusal(world.cell.ask(GetCalendar, { context: context(tenant), id: office.id }))).toMatchObject({ kind: 'not_found', detail: 'Calendar not found' });
    const changes = await world.cell.rows('routing', `
      select action, actor, record_id, before, after from routing_change where tenant_id = $1 and kind = 'calendar' order by id desc`, [tenant]);
    expect(changes.map(({ action, actor, record_id }) => [action, actor, Number(record_id)])).toEqual([
      ['deleted', 'Test Admin', office.id], ['updated', 'Test Admin', id], ['created', 'Test Admin', id], ['created', 'system', office.id]]);
    expect(changes[1]).toMatchObject({ before: { is_default: false }, after: { is_default: true } });
  });

  test('are refused when they are none, are there already, or are needed', async () => {
    const tenant = world.newTenant();
    const { id } = await put(tenant, {});
    const [office] = await list(tenant);
    expect(await refusal(put(tenant, { name: 'x', weekly: { monday: [{ from: '10:00', to: '09:00' }] }, time_zone: 'Mars/Base' }))).toMatchObject({
      kind: 'invalid', errors: [{ field: 'time_zone', code: 'unknown_time_zone' }, { field: 'weekly.monday.0', code: 'empty_interval' }],
    });
    expect(await refusal(put(tenant, { name: 'MUNICH' }))).toMatchObject({ code: 'calendar_exists' });
    expect(await refusal(put(tenant, {}, office.id))).toMatchObject({ code: 'default_required' });
    expect(await refusal(world.cell.ask(DeleteCalendar, { context: context(tenant), id: office.id }))).toMatchObject({ code: 'default_required' });
    await world.put(tenant, equalReps(['a']));
    await world.cell.rows('routing', 'update rep set calendar_id = $2 where tenant_id = $1', [tenant, id]);
    expect(await refusal(world.cell.ask(DeleteCalendar, { context: context(tenant), id }))).toMatchObject({ code: 'calendar_in_use', more: { reps: [expect.any(Number)] } });
    for (const foreign of [() => world.cell.ask(GetCalendar, { context: context(world.newTenant()), id }), () => put(world.newTenant(), {}, id)]) {
      expect(await refusal(foreign())).toMatchObject({ kind: 'not_found' });
    }
  });

  test('are what clocks go by, from the moment that they are replaced', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a']));
    const { id } = await put(tenant, { name: 'Always', time_zone: 'UTC', weekly: ALWAYS, holidays: null });
    await putPolicies(world, tenant, withinAMinute({ target_minutes: 60, calendar: 'fixed', calendar_id: id }));
    const [before, after] = [world.newLead(), world.newLead()];
    await world.deliver([scored(tenant, before)]);
    expect(await clocks(world, tenant, before)).toMatchObject([{ state: 'running', calendar: 'Always' }]);
    const inDays = WEEK[(new Date().getUTCDay() + 3) % WEEK.length];
    await put(tenant, { name: 'Never on a day like this', time_zone: 'UTC', weekly: { [inDays]: [{ from: '00:00', to: '00:01' }] }, holidays: { country: 'US' } }, id);
    await world.deliver([scored(tenant, after)]);
    expect(await clocks(world, tenant, after)).toMatchObject([{ state: 'armed', calendar: 'Never on a day like this' }]);
    expect(await clocks(world, tenant, before)).toMatchObject([{ state: 'running' }]);
  });
});

test('who had a lead, from when until when, and why', async () => {
  const tenant = world.newTenant();
  const { reps: [a, b] } = await world.put(tenant, equalReps(['a', 'b']));
  const lead = world.newLead();
  await world.deliver([scored(tenant, lead)]);
  await world.assign(tenant, lead, { owner_id: b.id });
  await world.assign(tenant, lead, { priority: 'low' });
  await world.assign(tenant, lead, { owner_id: null });
  const { owners } = await world.cell.ask(GetOwners, { context: context(tenant), lead_id: lead });
  expect(owners.map(({ owner, cause, by }) => [owner?.id ?? null, cause, by])).toEqual([
    [null, 'manual', 'test-admin'], [b.id, 'manual', 'test-admin'], [a.id, 'first_score', null]]);
  expect(owners.map(({ from, until }) => [from, until])).toEqual(owners.map(({ from }, i) => [from, owners[i - 1]?.from ?? null]));
});
