import { lockNames } from './independent';

describe('who waits for whom', () => {
  it('goes by e-mail, domain, and name within a country, each of one tenant', () => {
    expect(lockNames('demo', 'a@b.example', { domain: 'b.example', name: 'b', country: null })).toEqual([
      'conversion e-mail demo a@b.example', 'conversion domain demo b.example', 'conversion company demo - b',
    ]);
    expect(lockNames('demo', null, { domain: null, name: null, country: 'US' })).toEqual([]);
  });
});
