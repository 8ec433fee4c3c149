import * as fc from 'fast-check';
import { ATTRIBUTION_MODELS, type AttributionModelName } from '@headwater/contracts';
import { amountOf, apportion, decimalsOf, unitsOf } from './apportion';
import { attribute, creditsOf, creditTouches, touchesOf } from './credit-touches';
import { MODELS } from './models';

const DAY = 24 * 60 * 60 * 1_000;
const START = Date.parse('2026-01-01T00:00:00.000Z');
const touchOn = (day: number, name = `t${day}`) =>
  ({ submission_id: name, at: new Date(START + day * DAY).toISOString(), entry: 'form', channel: 'email', source: 'web', campaign: null });
const snapshotOf = (days: number[], creating = 0) => ({
  touches: days.map((day) => touchOn(day)), lead_creating_touch: days.length > 0 ? touchOn(days[creating]) : null,
});
const model = (name: AttributionModelName) => MODELS.find((candidate) => candidate.name === name)!;
const shares = (name: AttributionModelName, days: number[], value: number, creating = 0) =>
  attribute(model(name), snapshotOf(days, creating), { value, currency: 'USD', won: true }).shares.map(({ amount }) => amount);

const CURRENCIES = { JPY: 0, USD: 2, KWD: 3 } as const;
const amounts = fc.oneof(
  fc.integer({ min: 0, max: 999_999_999_999_999 }).map((cents) => Number((cents / 100).toFixed(2))),
  fc.integer({ min: 0, max: 9_999_999_999_999 }), fc.integer({ min: 0, max: 999_999 }).map((tenths) => tenths / 10_000),
);
const days = fc.uniqueArray(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 60 });

describe.each(MODELS.map((one) => [one.name, one] as const))('%s', (name, one) => {
  it('is one that may be asked for, and says its rule', () => {
    expect(ATTRIBUTION_MODELS).toContain(name);
    expect(one.rule).not.toBe('');
  });

  it('gives away the whole amount, to the unit, and nobody less than nothing', () => {
    fc.assert(fc.property(days, amounts, fc.constantFrom('JPY', 'USD', 'KWD'), fc.nat(), (when, amount, currency, creating) => {
      const touches = touchesOf(snapshotOf(when, creating % when.length));
      const decimals = decimalsOf(amount, currency);
      const credited = creditTouches(touches, one, amount, currency);
      expect(credited.reduce((sum, share) => sum + unitsOf(share.amount, decimals), 0n)).toBe(unitsOf(amount, decimals));
      expect(amountOf(unitsOf(amount, decimals), decimals)).toBe(amount);
      expect(credited.every((share) => share.amount >= 0)).toBe(true);
      expect(credited.map(({ touch }) => touch.at)).toEqual(touches.map(({ touch }) => touch.at).sort());
    }));
  });

  it('weighs by whole numbers, and always the same', () => {
    fc.assert(fc.property(days, (when) => {
      const weights = one.weigh(touchesOf(snapshotOf(when)));
      expect(weights).toHaveLength(when.length);
      expect(weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0)).toBe(true);
      expect(Math.max(...weights)).toBeGreaterThan(0);
      expect(one.weigh(touchesOf(snapshotOf([...when].reverse(), when.length - 1)))).toEqual(weights);
    }));
  });

  it('gives all of it to the only touch', () => {
    expect(shares(name, [3], 75_000.01)).toEqual([75_000.01]);
  });
});

describe('of several touches', () => {
  it('first, last and the creating one get all of it', () => {
    expect(shares('first_touch', [0, 5, 9], 90, 1)).toEqual([90, 0, 0]);
    expect(shares('last_touch', [0, 5, 9], 90, 1)).toEqual([0, 0, 90]);
    expect(shares('lead_creation', [0, 5, 9], 90, 1)).toEqual([0, 90, 0]);
  });

  it('linear and U-shaped give the cents that are left to the earlier of equals', () => {
    expect(shares('linear', [0, 5, 9], 100)).toEqual([33.34, 33.33, 33.33]);
    expect(shares('u_shaped', [0, 5], 0.03)).toEqual([0.02, 0.01]);
    expect(shares('u_shaped', [0, 5, 9], 100)).toEqual([40, 20, 40]);
    expect(shares('u_shaped', [0, 2, 3, 9], 100)).toEqual([40, 10, 10, 40]);
  });

  it('time decay halves by the week', () => {
    expect(shares('time_decay', [0, 7], 90)).toEqual([30, 60]);
    expect(shares('time_decay', [0, 7, 14], 70)).toEqual([10, 20, 40]);
    expect(shares('time_decay', [0, 1_000], 70)).toEqual([0, 70]);
  });

  it('the creating one is the first where it is not known', () => {
    const touches = touchesOf({ first_touch: touchOn(0), last_touch: touchOn(4), lead_creating_touch: null });
    expect(model('lead_creation').weigh(touches)).toEqual([1, 0]);
  });
});

describe('what a snapshot knows', () => {
  it('is each touch once, oldest first, whether it has all or three', () => {
    const three = { first_touch: touchOn(0), last_touch: touchOn(9), lead_creating_touch: touchOn(5) };
    expect(touchesOf(three).map(({ touch, made_lead }) => [touch.submission_id, made_lead])).toEqual([['t0', false], ['t5', true], ['t9', false]]);
    expect(touchesOf({ ...three, touches: [touchOn(9), touchOn(7), touchOn(5), touchOn(0)] }).map(({ touch }) => touch.submission_id)).toEqual(['t0', 't5', 't7', 't9']);
    expect(touchesOf({ first_touch: touchOn(0), last_touch: touchOn(0), lead_creating_touch: touchOn(0) })).toHaveLength(1);
  });

  it('without touches is what the lead says of itself', () => {
    const itself = { source: 'web', channel: 'direct', entry: 'api', campaign: 'spring', captured_at: '2026-01-01T00:00:00.000Z', first_touch: null, last_touch: null };
    expect(attribute(model('linear'), itself, { value: 5, currency: 'USD', won: false }).shares).toEqual([
      { touch: { submission_id: null, at: itself.captured_at, entry: 'api', channel: 'direct', source: 'web', campaign: 'spring' }, amount: 5 }]);
  });

  it('is nothing without a lead', () => {
    expect(attribute(model('linear'), null, { value: 5, currency: 'USD', won: true })).toMatchObject({ amount: 5, shares: [] });
  });
});

describe('what is told of a deal that is won', () => {
  it('is the amount by each model, shared exactly among those who earned some of it', () => {
    fc.assert(fc.property(days, amounts, (when, amount) => {
      const decimals = decimalsOf(amount, 'USD');
      const credits = creditsOf(MODELS, snapshotOf(when), amount, 'USD');
      expect(credits.map((credit) => credit.model)).toEqual([...ATTRIBUTION_MODELS]);
      for (const { shares: earned } of credits) {
        expect(earned.reduce((sum, share) => sum + unitsOf(share.amount, decimals), 0n)).toBe(unitsOf(amount, decimals));
        expect(earned.every((share) => share.amount > 0 && when.some((day) => share.submission_id === `t${day}`))).toBe(true);
      }
    }));
  });

  it('is nobody without a lead, and the lead itself without touches', () => {
    expect(creditsOf(MODELS, null, 5, 'USD')).toEqual([]);
    expect(creditsOf(MODELS, {}, 5, 'USD')).toEqual(ATTRIBUTION_MODELS.map((name) => ({ model: name, shares: [{ submission_id: null, amount: 5 }] })));
  });
});

describe('apportion', () => {
  it('is stable: equal remainders are served in order', () => {
    expect(apportion(5n, [1, 1, 1])).toEqual([2n, 2n, 1n]);
    expect(apportion(0n, [1, 0])).toEqual([0n, 0n]);
    expect(apportion(10n, [0, 3, 0])).toEqual([0n, 10n, 0n]);
  });

  it.each(Object.entries(CURRENCIES))('shares %s in its smallest unit', (currency, decimals) => {
    expect(decimalsOf(75_000, currency)).toBe(decimals);
    expect(decimalsOf(0.12345, currency)).toBe(5);
    expect(decimalsOf(1e-7, currency)).toBe(7);
  });
});
