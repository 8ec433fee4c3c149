import { captureItem } from '@headwater/testing';
import { pendingChanges, propose, refused, settled, type Pending } from './pending-changes';

const item = (at: string, name = 'website') => captureItem({}, { submission_id: `s-${at}`, received_at: at, entry: 'form', actor: { kind: 'form', id: '7', name } });
const MONDAY = '2026-03-02T10:00:00.000Z';
const TUESDAY = '2026-03-03T10:00:00.000Z';

describe('what waits for a person', () => {
  const waiting = propose({}, { job_title: 'Intern' }, item(MONDAY));

  it('says who proposed it, beside what the lead has', () => {
    expect(pendingChanges(waiting, { job_title: 'CTO' })).toEqual([
      { field: 'job_title', present: 'CTO', proposed: 'Intern', submission_id: `s-${MONDAY}`, at: MONDAY, entry: 'form', inlet: null, sender: 'website' },
    ]);
    expect(pendingChanges(waiting, {})).toEqual([expect.objectContaining({ present: null })]);
  });

  it('is the newest of several, whatever comes last, and the first of equal ones', () => {
    const newer = propose(waiting, { job_title: 'CFO' }, item(TUESDAY));
    expect(pendingChanges(newer, {})).toEqual([expect.objectContaining({ proposed: 'CFO', at: TUESDAY })]);
    expect(propose(newer, { job_title: 'Intern' }, item(MONDAY))).toBe(newer);
    expect(propose(waiting, { job_title: 'Intern' }, item(TUESDAY))).toBe(waiting);
  });

  it('is nothing once the lead has it, or it was written', () => {
    expect(pendingChanges(waiting, { job_title: 'Intern' })).toEqual([]);
    expect(settled(waiting, ['job_title'])).toEqual({});
    expect(settled(waiting, ['city'])).toEqual(waiting);
  });

  it('is not proposed again after a refusal; another value is', () => {
    const no = refused(waiting, ['job_title']);
    expect(pendingChanges(no, {})).toEqual([]);
    expect(propose(no, { job_title: 'Intern' }, item(TUESDAY))).toBe(no);
    const other = propose(no, { job_title: 'CFO' }, item(TUESDAY));
    expect(pendingChanges(other, {})).toEqual([expect.objectContaining({ proposed: 'CFO' })]);
    expect(propose(refused(other, ['job_title']), { job_title: 'CFO' }, item(TUESDAY))).toEqual(refused(other, ['job_title']));
  });

  it('reads what was kept before proposals had a sender', () => {
    const old: Pending = { job_title: 'Intern', consent: { text_version: 'v1', at: MONDAY } };
    expect(pendingChanges(old, { job_title: 'CTO' })).toEqual([
      { field: 'job_title', present: 'CTO', proposed: 'Intern', submission_id: null, at: null, entry: null, inlet: null, sender: null },
      expect.objectContaining({ field: 'consent', proposed: { text_version: 'v1', at: MONDAY } }),
    ]);
    expect(pendingChanges(propose(old, { job_title: 'CFO' }, item(MONDAY)), {})).toContainEqual(expect.objectContaining({ proposed: 'CFO', sender: 'website' }));
    expect(refused(old, ['job_title', 'consent'])).toEqual({ job_title: { refused: 'Intern' }, consent: { refused: { text_version: 'v1', at: MONDAY } } });
  });
});
