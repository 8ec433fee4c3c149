import { numberIn } from './cursor';

describe('a cursor that is a number', () => {
  it('is where a page begins', () => {
    expect([numberIn(undefined), numberIn(null), numberIn('1'), numberIn(String(Number.MAX_SAFE_INTEGER))]).toEqual([null, null, 1, Number.MAX_SAFE_INTEGER]);
  });

  it.each(['', '0', '-1', '01', '1e3', '1.0', ' 1', 'x', '9007199254740992', '99999999999999999'])('is not "%s"', (cursor) => {
    expect(() => numberIn(cursor)).toThrow('cursor must be the next_cursor of a former page');
  });

  it('is not larger than what there may be', () => expect(() => numberIn('2147483648', 2_147_483_647)).toThrow('cursor must be'));
});
