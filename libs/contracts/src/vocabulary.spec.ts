import { ROLE_SCOPES, SCOPES, STAGE_BANDS, STATUS_ALIASES, STATUS_LABELS, STATUSES } from './vocabulary';

describe('vocabulary', () => {
  it('labels every status, and every alias is one', () => {
    expect(Object.keys(STATUS_LABELS)).toEqual([...STATUSES]);
    for (const status of Object.values(STATUS_ALIASES)) expect(STATUSES).toContain(status);
    expect(STATUS_LABELS.disqualified).toBe('Unqualified');
  });

  it('makes roles of known scopes; a guest can only insert, nobody of a tenant operates the installation', () => {
    for (const scopes of Object.values(ROLE_SCOPES)) for (const scope of scopes) expect(SCOPES).toContain(scope);
    expect(ROLE_SCOPES.guest).toEqual(['leads:insert']);
    expect(ROLE_SCOPES.admin).not.toContain('operator');
  });

  it('has bands within 0 and 100, lower end first', () => {
    for (const [low, high] of Object.values(STAGE_BANDS)) {
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(100);
      expect(low).toBeLessThanOrEqual(high);
    }
  });
});
