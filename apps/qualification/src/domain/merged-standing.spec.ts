import fc from 'fast-check';
import { BY, leadIn, NOW } from '../../test/lead-in';
import { changeStatus } from './change-status';
import { standingOf, type LeadStatus } from './lead-status';
import { followMembers, standingWith } from './merged-standing';

const CALLED = '2026-11-20T09:30:00.000Z';
const with_ = (...members: LeadStatus[]) => ({ members, isAlone: members.length === 0 });
const follow = (lead: LeadStatus, ...members: LeadStatus[]) => followMembers(lead, with_(...members), 'merge', BY);

describe('followMembers', () => {
  it('takes a lead to the furthest status among those merged into it, with the first contact of any', () => {
    const decision = follow(leadIn('new'), leadIn('contacted', { lead_id: 8, first_contacted_at: CALLED }), leadIn('disqualified', { lead_id: 9 }));
    expect(decision).toMatchObject({
      announce: true, transitions: [{ from: 'new', to: 'contacted', cause: 'merge', actor: BY.actor, at: NOW }],
      lead: { status: 'contacted', first_contacted_at: CALLED, revision: 2, own: { status: 'new', first_contacted_at: null } },
    });
  });

  it('opens a disqualified lead unless all are', () => {
    expect(follow(leadIn('disqualified'), leadIn('nurturing', { lead_id: 8 }))?.lead).toMatchObject({ status: 'nurturing', disqualification_reason: null });
    const all = follow(leadIn('disqualified'), leadIn('disqualified', { lead_id: 8, disqualification_reason: 'spam' }));
    expect(all).toMatchObject({ announce: false, transitions: [], lead: { status: 'disqualified', disqualification_reason: 'no_budget' } });
  });

  it('gives it its own standing back when it is alone again', () => {
    const merged = follow(leadIn('new'), leadIn('qualified', { lead_id: 8, qualified_at: CALLED }))?.lead as LeadStatus;
    expect(followMembers(merged, with_(), 'unmerge', BY)).toMatchObject({
      transitions: [{ from: 'qualified', to: 'new', cause: 'unmerge' }], lead: { status: 'new', qualified_at: null, own: null },
    });
  });

  it('changes nothing when it is told again, and nothing of a converted lead', () => {
    const member = leadIn('qualified', { lead_id: 8 });
    const merged = follow(leadIn('new'), member)?.lead as LeadStatus;
    expect(follow(merged, member)).toBeNull();
    expect(follow(leadIn('converted'), member)).toBeNull();
  });

  it('leaves what a person has decided since, which from then on is its own', () => {
    const merged = follow(leadIn('new'), leadIn('qualified', { lead_id: 8 }))?.lead as LeadStatus;
    const moved = changeStatus(merged, { status: 'nurturing' }, BY);
    expect(moved).toMatchObject({ outranks: true, lead: { status: 'nurturing', own: { status: 'nurturing' } } });
    expect(followMembers(moved.lead, { members: [], isAlone: false }, 'merge', BY)).toBeNull();
    expect(followMembers(moved.lead, with_(), 'unmerge', BY)).toMatchObject({ transitions: [], lead: { status: 'nurturing', own: null } });
  });

  it('comes to the same whatever the order of the members', () => {
    const status = fc.constantFrom('new', 'contacted', 'nurturing', 'qualified', 'disqualified');
    fc.assert(fc.property(status, fc.array(status, { minLength: 1 }), (own, others) => {
      const members = others.map((one) => standingOf(leadIn(one)));
      return JSON.stringify(standingWith(standingOf(leadIn(own)), members)) === JSON.stringify(standingWith(standingOf(leadIn(own)), [...members].reverse()));
    }));
  });
});
