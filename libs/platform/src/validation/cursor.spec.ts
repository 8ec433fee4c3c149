import { cutPage, numberIn } from './cursor';

describe('a cursor that is a number', () => {
  it('is where a page begins', () => {
    expect([numberIn(undefined), numberIn(null), numberIn('1'), numberIn(String(Number.MAX_SAFE_INTEGER))]).toEqual([null, null, 1, Number.MAX_SAFE_INTEGER]);
  });

  it.each(['', '0', '-1', '01', '1e3', '1.0', ' 1', 'x', '9007199254740992', '99999999999999999'])('is not "%s"', (cursor) => {
    expect(() => numberIn(cursor)).toThrow('cursor must be the next_cursor of a former page');
  });

  it('is not larger than what there may be', () => expect(() => numberIn('2147483648', 2_147_483_647)).toThrow('cursor must be'));
});

describe('a page of rows, for which one more was read', () => {
  const rows = (...ids: number[]) => ids.map((id) => ({ id }));
  const cut = (found: { id: number }[]) => cutPage(found, 2, ({ id }) => id);

  it('ends with where the next one begins', () => expect(cut(rows(9, 7, 4))).toEqual({ shown: rows(9, 7), next_cursor: '7' }));

  it('is the last one when there are no more', () => {
    expect(cut(rows(9, 7))).toEqual({ shown: rows(9, 7), next_cursor: null });
    expect(cut([])).toEqual({ shown: [], next_cursor: null });
  });
});
