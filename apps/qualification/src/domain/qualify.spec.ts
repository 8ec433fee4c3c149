import type { Status } from '@headwater/contracts';
import { BY, leadIn, NOW, refusal } from '../../test/lead-in';
import { qualify } from './qualify';

const IMPLIED = { allowImpliedContact: true };
const steps = (from: Status, body: { qualified: boolean; disqualification_reason?: 'no_need' }) =>
  qualify(leadIn(from), body, BY, IMPLIED).transitions.map(({ from: a, to, cause, ms_in_previous }) => `${a} ${to} ${cause} ${ms_in_previous}`);

describe('qualified: true', () => {
  it.each<[Status, string[]]>([
    ['new', ['new contacted implied_contact 3600000', 'contacted qualified qualify 0']],
    ['contacted', ['contacted qualified qualify 3600000']],
    ['nurturing', ['nurturing contacted implied_contact 3600000', 'contacted qualified qualify 0']],
    ['qualified', []],
  ])('from %s', (from, expected) => expect(steps(from, { qualified: true })).toEqual(expected));

  it('says when, implies the first contact, and makes it sales qualified', () => {
    expect(qualify(leadIn('new'), { qualified: true }, BY, IMPLIED).lead)
      .toMatchObject({ status: 'qualified', qualified_at: NOW, first_contacted_at: NOW, lifecycle_stage: 'sql', revision: 2 });
  });

  it('again is a further assessment, told to others, that leaves the time of qualification', () => {
    const lead = leadIn('qualified', { qualified_at: '2026-11-19T10:00:00.000Z' });
    expect(qualify(lead, { qualified: true }, BY, IMPLIED))
      .toMatchObject({ transitions: [], announce: true, lead: { revision: 2, qualified_at: lead.qualified_at } });
  });

  it('is refused on a disqualified lead: reopen first', () => {
    const act = () => qualify(leadIn('disqualified'), { qualified: true }, BY, IMPLIED);
    expect(act).toThrow('reopen first');
    expect(refusal(act)).toMatchObject({
      code: 'invalid_transition', more: { lead_status: 'disqualified', allowed: ['new', 'nurturing', 'contacted'] },
    });
  });

  it.each<[Status, boolean]>([['new', true], ['nurturing', true], ['contacted', false], ['qualified', false]])(
    'from %s where a contact is not to be implied is refused: %s', (from, refused) => {
      const said = refusal(() => qualify(leadIn(from), { qualified: true }, BY, { allowImpliedContact: false }));
      expect(said?.code).toBe(refused ? 'invalid_transition' : undefined);
    });

  it('takes no reason for the contrary', () => {
    expect(refusal(() => qualify(leadIn('new'), { qualified: true, disqualification_reason: 'no_need' }, BY, IMPLIED)))
      .toMatchObject({ code: 'not_applicable', field: 'disqualification_reason' });
  });
});

describe('qualified: false', () => {
  it.each<Status>(['new', 'contacted', 'nurturing', 'qualified'])('from %s disqualifies in one step', (from) => {
    expect(steps(from, { qualified: false, disqualification_reason: 'no_need' })).toEqual([`${from} disqualified disqualify 3600000`]);
  });

  it('on a disqualified lead records the new reason and the notes', () => {
    const body = { qualified: false, disqualification_reason: 'no_need', qualification_notes: 'asked again' } as const;
    expect(qualify(leadIn('disqualified'), body, BY, IMPLIED)).toMatchObject({
      transitions: [], announce: true, notes: [{ cause: 'disqualify', text: 'asked again' }],
      lead: { disqualification_reason: 'no_need', notes: 'asked again' },
    });
  });

  it('takes a reason', () => {
    expect(refusal(() => qualify(leadIn('new'), { qualified: false }, BY, IMPLIED)))
      .toMatchObject({ code: 'required', field: 'disqualification_reason' });
  });
});

it('keeps both texts as notes, the judgement last', () => {
  expect(qualify(leadIn('new'), { qualified: true, notes: 'a', qualification_notes: 'b' }, BY, IMPLIED))
    .toMatchObject({ notes: [{ cause: 'qualify', text: 'a' }, { cause: 'qualify', text: 'b' }], lead: { notes: 'b' } });
});

it.each([true, false])('a converted lead is locked (qualified: %s)', (qualified) => {
  expect(refusal(() => qualify(leadIn('converted'), { qualified, disqualification_reason: 'no_need' }, BY, IMPLIED)))
    .toMatchObject({ code: 'lead_locked', more: { converted: { customer_id: 3 } } });
});
