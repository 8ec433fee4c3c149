import fc from 'fast-check';
import type { Territory } from './territory';
import { TerritoryIndex } from './territory-index';

const NONE = { parent_id: null, countries: [], regions: [], postal: [], account_ids: [], domains: [], owners: [], team_id: null };
const territory = (id: number, name: string, more: Partial<Territory>): Territory => ({ ...NONE, id, name, ...more });
const TREE = [
  territory(1, 'EMEA', { team_id: 9 }),
  territory(2, 'Germany', { parent_id: 1, countries: ['DE'], owners: [20] }),
  territory(3, 'Bavaria', { parent_id: 2, regions: ['DE-Bayern', 'DE-BY'], owners: [30] }),
  territory(4, 'Munich', { parent_id: 3, postal: [{ country: 'DE', prefix: '80' }, { country: 'DE', from: '81000', to: '81999' }] }),
  territory(5, 'Munich centre', { parent_id: 4, postal: [{ country: 'DE', from: '80331', to: '80339' }], owners: [50] }),
  territory(6, 'Key accounts', { account_ids: [77], domains: ['acme.example'], owners: [60] }),
  territory(7, 'London', { postal: [{ country: 'GB', prefix: 'SW' }, { country: 'GB', prefix: 'SW1A' }] }),
];
const index = new TerritoryIndex(TREE);

test.each([
  [{ country: 'DE' }, 'Germany', 'country'],
  [{ country: 'de', state: 'bayern' }, 'Bavaria', 'region'],
  [{ country: 'DE', state: 'Hessen' }, 'Germany', 'country'],
  [{ country: 'DE', state: 'BY', postal_code: '80999' }, 'Munich', 'postal'],
  [{ country: 'DE', postal_code: '80 335' }, 'Munich centre', 'postal'],
  [{ country: 'DE', postal_code: '81541' }, 'Munich', 'postal'],
  [{ country: 'DE', postal_code: '82000' }, 'Germany', 'country'],
  [{ country: 'GB', postal_code: 'sw1a 1aa' }, 'London', 'postal'],
  [{ country: 'DE', postal_code: '80335', company_domain: 'www.ACME.example' }, 'Key accounts', 'account'],
  [{ account: { account_id: 77 } }, 'Key accounts', 'account'],
  [{ country: 'US' }, undefined, undefined],
  [{ postal_code: '80335' }, undefined, undefined],
])('%j belongs to %s', (facts, name, by) => {
  const found = index.find(facts);
  expect([found?.name, found?.by]).toEqual([name, by]);
});

test('says where it lies, and who owns it: whoever owns the nearest above it, where nobody does', () => {
  expect(index.find({ country: 'DE', postal_code: '81541' })).toEqual(
    { id: 4, name: 'Munich', path: ['EMEA', 'Germany', 'Bavaria', 'Munich'], by: 'postal', reps: [30], team_id: null });
});

test('of two with one place the deeper counts, then the first by name, in whatever order they come', () => {
  const same = [territory(1, 'Zeta', { countries: ['FR'] }), territory(2, 'Alpha', { countries: ['FR'] }), territory(3, 'Sub', { parent_id: 1, countries: ['FR'] })];
  expect(new TerritoryIndex(same).find({ country: 'FR' })?.name).toBe('Sub');
  expect(new TerritoryIndex([...same].reverse().filter(({ id }) => id < 3)).find({ country: 'FR' })?.name).toBe('Alpha');
});

const code = fc.integer({ min: 0, max: 999 }).map((number) => String(number).padStart(3, '0'));
const area = fc.oneof(
  fc.tuple(code, fc.integer({ min: 1, max: 3 })).map(([digits, length]) => ({ country: 'DE', prefix: digits.slice(0, length) })),
  fc.tuple(code, code).map(([a, b]) => ({ country: 'DE', from: a < b ? a : b, to: a < b ? b : a })),
);

test('finds what looking at every area one by one finds', () => {
  const tree = fc.array(fc.record({ postal: fc.array(area, { maxLength: 3 }), above: fc.nat() }), { minLength: 1, maxLength: 12 })
    .map((nodes) => nodes.map(({ postal, above }, i) => territory(i + 1, `T${i}`, { postal, parent_id: above % (i + 1) || null })));
  fc.assert(fc.property(tree, code, (territories, asked) => {
    const depthOf = (one: Territory): number => (one.parent_id === null ? 0 : 1 + depthOf(territories[one.parent_id - 1]));
    const hits = territories.flatMap((one) => one.postal
      .filter(({ prefix, from, to }) => (prefix ? asked.startsWith(prefix) : from! <= asked && asked <= to!))
      .map(({ prefix, from }) => ({ one, depth: depthOf(one), length: (prefix ?? from)!.length })));
    hits.sort((a, b) => b.depth - a.depth || b.length - a.length || (a.one.name < b.one.name ? -1 : 1));
    expect(new TerritoryIndex(territories).find({ country: 'DE', postal_code: asked })?.name).toBe(hits.at(0)?.one.name);
  }), { numRuns: 500 });
});
