import { leadIn, refusal } from '../../test/lead-in';
import { assertRevision, assertWritable } from './refusals';
import { assertMergeable, assertReservable, settlementOf } from './reservation';

const reserved = leadIn('qualified', { reservation_token: 'a', reservation_holder: 'conversion', lease_until: '2026-11-20T10:00:30.000Z' });

it.each(['new', 'contacted', 'nurturing', 'disqualified'] as const)('a lead that is %s is not qualified', (status) => {
  const act = () => assertReservable(leadIn(status), 'a', null);
  expect(act).toThrow(/^Lead must be qualified before conversion$/);
  expect(refusal(act)).toMatchObject({ code: 'not_qualified', more: { lead_status: status } });
});

it('a qualified lead is reserved by one at a time', () => {
  expect(refusal(() => assertReservable(leadIn('qualified'), 'a', null))).toBeNull();
  expect(refusal(() => assertReservable(reserved, 'a', null))).toBeNull();
  expect(refusal(() => assertReservable(reserved, 'b', null))?.code).toBe('conversion_in_progress');
});

it('a token that ended reserves nothing any more', () => {
  expect(refusal(() => assertReservable(leadIn('qualified'), 'a', 'aborted'))?.code).toBe('not_reserved');
});

it('nobody else writes a reserved or converted lead', () => {
  expect(refusal(() => assertWritable(reserved))?.code).toBe('conversion_in_progress');
  expect(refusal(() => assertWritable(leadIn('converted')))?.code).toBe('lead_locked');
  expect(refusal(() => assertReservable(leadIn('converted'), 'a', null))?.code).toBe('lead_locked');
});

it.each(['new', 'contacted', 'nurturing', 'qualified', 'disqualified'] as const)('a lead that is %s may be merged', (status) => {
  expect(refusal(() => assertMergeable(leadIn(status), 'a', null, 'merge'))).toBeNull();
});

it('a lead is merged by one at a time, unless it is converted, or merged already', () => {
  const merging = leadIn('new', { reservation_token: 'a', reservation_holder: 'merge', lease_until: '2026-11-20T10:00:30.000Z' });
  expect(refusal(() => assertMergeable(merging, 'a', null, 'merge'))).toBeNull();
  expect(refusal(() => assertMergeable(merging, 'b', null, 'merge'))?.code).toBe('merge_in_progress');
  expect(refusal(() => assertMergeable(reserved, 'b', null, 'merge'))?.code).toBe('conversion_in_progress');
  expect(refusal(() => assertReservable(merging, 'b', null))?.code).toBe('merge_in_progress');
  expect(refusal(() => assertMergeable(leadIn('converted'), 'a', null, 'merge'))?.code).toBe('lead_locked');
  const merged = leadIn('new', { primary_id: 3 });
  expect(refusal(() => assertMergeable(merged, 'a', null, 'merge'))).toMatchObject({ code: 'lead_merged', more: { primary_id: 3 } });
  expect(refusal(() => assertMergeable(merged, 'a', null, 'unmerge'))).toBeNull();
  expect(refusal(() => assertWritable(merged))?.code).toBe('lead_merged');
});

it('an outcome is applied once, by its own token', () => {
  expect(settlementOf(reserved, 'a', 'done', null)).toBe('apply');
  expect(settlementOf(leadIn('converted'), 'a', 'done', 'done')).toBe('repetition');
  expect(settlementOf(leadIn('qualified'), 'a', 'aborted', 'aborted')).toBe('repetition');
  expect(refusal(() => settlementOf(reserved, 'b', 'done', null))?.code).toBe('not_reserved');
  expect(refusal(() => settlementOf(leadIn('qualified'), 'a', 'done', 'aborted'))?.code).toBe('not_reserved');
});

it('another revision than the expected one is a failed precondition', () => {
  expect(refusal(() => assertRevision(reserved, 1))).toBeNull();
  expect(refusal(() => assertRevision(reserved, 2))).toMatchObject({ code: 'precondition_failed', more: { revision: 1 } });
});

it('a lead is reserved for who has seen its revision; a repetition under its own token is asked nothing', () => {
  const lead = leadIn('qualified');
  expect(refusal(() => assertReservable(lead, 'a', null, lead.revision))).toBeNull();
  expect(refusal(() => assertReservable(lead, 'a', null, lead.revision + 1))).toMatchObject({ code: 'precondition_failed', more: { lead_status: 'qualified' } });
  expect(refusal(() => assertReservable(reserved, 'a', null, reserved.revision + 1))).toBeNull();
  // What it was changed to may be the reason: that it is not qualified any more is in the answer, too.
  expect(refusal(() => assertReservable(leadIn('nurturing'), 'a', null, 7))?.code).toBe('precondition_failed');
});
