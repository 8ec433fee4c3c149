import { readPhone } from './phone';

describe('readPhone', () => {
  it.each([
    ['030 901820', 'DE', '+4930901820', true],
    ['+49 (0)30 901820', null, '+4930901820', true],
    ['(212) 555-2368', 'US', '+12125552368', true],
  ])('%s in %s becomes %s', (given, country, text, valid) => {
    expect(readPhone(given, country)).toEqual({ text, valid, key: text });
  });

  it("keeps a number that isn't possible as it was given, and still matches by its digits", () => {
    expect(readPhone('+1-555-0123', 'US')).toEqual({ text: '+1-555-0123', valid: false, key: '15550123' });
    expect(readPhone('ext. 42', null)).toEqual({ text: 'ext. 42', valid: false, key: null });
    expect(readPhone(' ', 'US')).toEqual({ text: null, valid: null, key: null });
  });
});
