import { readPhone } from './phone';

describe('readPhone', () => {
  it.each([
    ['030 901820', 'DE', '+4930901820', true],
    ['+49 (0)30 901820', null, '+4930901820', true],
    ['(212) 555-2368', 'US', '+12125552368', true],
    ['0049 30 901820', null, '+4930901820', true],
    ['0049 30 901820', 'US', '+4930901820', true],
    ['+ 00 49 30 901820', null, '+4930901820', true],
    ['＋49 30 901820', null, '+4930901820', true],
    ['12125552368', null, '+12125552368', true],
    ['492111234567', 'DE', '+492111234567', true],
    ['4915791234567', 'DE', '+4915791234567', true],
    ['55999991234', 'BR', '+5555999991234', true],
    ['79161234567', 'RU', '+79161234567', true],
    ['1-800-FLOWERS', 'US', '+18003569377', true],
    ['tel:030-901820;phone-context=+49', null, '+4930901820', true],
  ])('%s in %s becomes %s', (given, country, text, valid) => {
    expect(readPhone(given, country)).toEqual({ text, extension: null, valid, key: text });
  });

  it.each([
    ['+1 212 555 2368 x42', '+12125552368', '42'], ['tel:+1-212-555-2368;ext=42', '+12125552368', '42'],
    ['+49 30 901820 Durchwahl 17', '+4930901820', '17'], ['+7 495 123-45-67 доб. 12', '+74951234567', '12'],
  ])('%s is the number %s with the extension %s, which is another person\'s than the number alone', (given, text, extension) => {
    expect(readPhone(given, null)).toEqual({ text, extension, valid: true, key: `${text} ${extension}` });
  });

  it("keeps a number that isn't possible as it was given, and still matches by its digits", () => {
    expect(readPhone('+1-555-0123', 'US')).toEqual({ text: '+1-555-0123', extension: null, valid: false, key: '15550123' });
    expect(readPhone('ext. 42', null)).toEqual({ text: 'ext. 42', extension: null, valid: false, key: null });
    expect(readPhone('tel:+6433316005;ext=012345678901234567890', null)).toMatchObject({ text: 'tel:+6433316005;ext=012345678901234567890', valid: false });
    expect(readPhone(' ', 'US')).toEqual({ text: null, extension: null, valid: null, key: null });
  });

  it('does not take letters for a number where they name nothing', () => {
    expect(readPhone('call me maybe', 'US')).toMatchObject({ text: 'call me maybe', valid: false });
    expect(readPhone('030 901820 home', 'DE')).toMatchObject({ text: '+4930901820', valid: true });
    expect(readPhone('212 555 2368 home', 'US')).toMatchObject({ text: '+12125552368', valid: true });
  });
});
