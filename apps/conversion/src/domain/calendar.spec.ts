import { addDays, dateIn, isCalendarDate } from './calendar';

describe('calendar', () => {
  it.each(['2026-02-28', '2028-02-29', '1999-12-31'])('%s is a date', (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });

  it.each(['2026-02-30', '2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', 'soon', ''])('"%s" is none', (text) => {
    expect(isCalendarDate(text)).toBe(false);
  });

  it('tells the date where the tenant is, not where the server is', () => {
    expect(dateIn('America/New_York', '2026-03-01T03:00:00Z')).toBe('2026-02-28');
    expect(dateIn('Asia/Tokyo', '2026-02-28T16:00:00Z')).toBe('2026-03-01');
    expect(dateIn('UTC', '2026-03-01T00:00:00Z')).toBe('2026-03-01');
  });

  it('counts days over the ends of months, years and summer time', () => {
    expect(addDays('2026-01-31', 1)).toBe('2026-02-01');
    expect(addDays('2026-12-17', 90)).toBe('2027-03-17');
    expect(addDays('2026-03-20', 90)).toBe('2026-06-18');
  });
});
