import { DomainError } from '@headwater/contracts';
import { changedSettings, checkSettings } from './check-settings';

const present = {
  id: 'demo', name: 'Demo', currency: 'USD', time_zone: 'UTC', picklists: { industries: ['space'], sources: ['podcast'] },
  policies: { require_owner: true },
};

describe('settings of a tenant', () => {
  it.each([['EUR', 'Europe/Berlin'], ['USD', 'UTC'], [null, undefined]])('takes %s and %s', (currency, time_zone) => {
    expect(() => checkSettings({ currency, time_zone })).not.toThrow();
  });

  it.each([
    [{ currency: 'XQZ' }, 'currency'], [{ currency: 'usd' }, 'currency'],
    [{ time_zone: 'Mars/Olympus' }, 'time_zone'], [{ time_zone: '+05:00' }, 'time_zone'],
  ])('refuses %j', (settings, field) => {
    const error = (() => { try { checkSettings(settings); return null; } catch (thrown) { return thrown as DomainError; } })();
    expect(error?.body).toMatchObject({ kind: 'invalid', errors: [{ field, code: 'unknown_value' }] });
  });

  it('changes what is given', () => {
    expect(changedSettings(present, {})).toEqual(present);
    expect(changedSettings(present, { name: null, currency: 'EUR', picklists: { industries: ['sea'] }, policies: { allow_implied_contact: false } }))
      .toEqual({
        ...present, name: null, currency: 'EUR', picklists: { industries: ['sea'], sources: ['podcast'] },
        policies: { require_owner: true, allow_implied_contact: false },
      });
    expect(changedSettings(present, { picklists: { sources: null }, policies: { require_owner: null } }))
      .toEqual({ ...present, picklists: { industries: ['space'], sources: [] }, policies: {} });
    expect(changedSettings(present, { picklists: null, policies: null }))
      .toEqual({ ...present, picklists: { industries: [], sources: [] }, policies: {} });
  });

  it('keeps a currency and a time zone', () => {
    expect(() => changedSettings(present, { currency: null })).toThrow("currency can't be empty");
    expect(changedSettings({ ...present, currency: 'ZWL' }, { currency: 'ZWL' })).toMatchObject({ currency: 'ZWL' });
  });
});
