import fc from 'fast-check';
import type { LeadFacts, LeadProfile } from '@headwater/contracts';
import { compileValidator } from '@headwater/platform';
import { isFillable } from '../../domain/enrichment/lead-fields';
import { PROVIDER_KINDS, type ProviderKind } from '../../domain/enrichment/provider-kinds';
import { FetchError, GuardedFetch } from '../guarded-fetch';
import type { Means } from './provider';
import { providers } from '.';

/** Settings as an admin may write them. A new kind needs its own here. */
const SETTINGS: Record<ProviderKind, object> = {
  company_table: { confidence: 0.9 }, website: {},
  http_json: { url: 'https://api.example.com/{domain}?c={company_name}', fields: [{ path: '$.staff', field: 'employees' }, { path: '$.x', field: 'rank' }] },
};
const kinds = [...providers].map(([kind, provider]) => [kind, provider, SETTINGS[kind]] as const);

const profile = fc.record({ company_name: fc.option(fc.string()), email: fc.option(fc.emailAddress()), country: fc.option(fc.constantFrom('US', 'DE')) }) as fc.Arbitrary<LeadProfile>;
const facts = fc.record({ company_domain: fc.option(fc.domain()), email_valid: fc.boolean() }) as fc.Arbitrary<LeadFacts>;

const nowhere = new GuardedFetch({ named: [], resolve: async () => { throw new FetchError('no_such_host'); } });
const means: Means = { company: async () => ({ employees: 5, 'custom_fields.tier': 'gold' }), pages: nowhere, services: nowhere, userAgent: 'test', key: 'secret', ended: new AbortController().signal };

test('every kind that a setup may name is there', () => expect([...providers.keys()].sort()).toEqual([...PROVIDER_KINDS].sort()));

describe.each(kinds)('%s', (_kind, provider, settings) => {
  it('takes its settings, and no others', () => {
    const validate = compileValidator(provider.settings, { closed: true });
    expect(provider.check?.(validate(settings), []) ?? []).toEqual([]);
    expect(() => validate({ ...settings, colour: 'red' })).toThrow(/colour/);
  });

  it('says what it may fill', () => {
    const shownOnly = ['rank'];
    expect((provider.gives(settings) ?? []).filter((field) => !isFillable(field) && !shownOnly.includes(field))).toEqual([]);
  });

  it('has nothing to ask about a lead that is empty', () => expect(provider.question({ profile: {}, facts: {} }, settings)).toBeNull());

  it('asks the same about the same, and nothing that holds its key', () => {
    fc.assert(fc.property(profile, facts, (one, found) => {
      const question = provider.question({ profile: one, facts: found }, settings);
      expect(provider.question({ profile: { ...one }, facts: { ...found } }, settings)).toEqual(question);
      expect(JSON.stringify(question)).not.toContain('secret');
    }));
  });

  it('says at most one thing of a field, as sure as can be said', async () => {
    const lead = { profile: { company_name: 'TechCorp' }, facts: { company_domain: 'techcorp.example' } };
    const said = await provider.ask(provider.question(lead, settings)!, settings, means).catch(({ code }: { code: string }) => {
      expect(code).toBe('no_such_host');
      return [];
    });
    expect(new Set(said.map(({ field }) => field)).size).toBe(said.length);
    for (const { confidence } of said) expect(confidence).toEqual(Math.min(1, Math.max(0, confidence)));
  });
});
