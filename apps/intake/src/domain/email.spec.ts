import { readEmail } from './email';

describe('readEmail', () => {
  it.each([
    ['Sarah.Johnson@TechCorp.com', 'sarah.johnson@techcorp.com', 'business'],
    ['j.doe+crm@gmail.com', 'jdoe@gmail.com', 'free'],
    ['j.doe@googlemail.com', 'jdoe@gmail.com', 'free'],
    ['max+news@outlook.com', 'max@outlook.com', 'free'],
    ['max+news@hotmail.co.uk', 'max@hotmail.co.uk', 'free'],
    ['max+news@techcorp.com', 'max+news@techcorp.com', 'business'],
    ['+only@gmail.com', '+only@gmail.com', 'free'],
    ['joe-shop@yahoo.de', 'joe@yahoo.de', 'free'],
    ['j.o_e@pm.me', 'joe@proton.me', 'free'],
    ['joe@mac.com', 'joe@icloud.com', 'free'],
    ['info@techcorp.com', 'info@techcorp.com', 'role'],
    ['info+fair@techcorp.com', 'info+fair@techcorp.com', 'role'],
    ['x@mailinator.com', 'x@mailinator.com', 'disposable'],
    ['x@any.mailinator.com', 'x@any.mailinator.com', 'disposable'],
    ['jürgen@münchen.de', 'jürgen@xn--mnchen-3ya.de', 'business'],
    ['jürgen@xn--mnchen-3ya.de', 'jürgen@xn--mnchen-3ya.de', 'business'],
    ['  a@b.io ', 'a@b.io', 'business'],
    ['"Sarah.Johnson"@techcorp.com', 'sarah.johnson@techcorp.com', 'business'],
  ])('%s is matched as %s and is of kind %s', (given, key, kind) => {
    expect(readEmail(given)).toMatchObject({ text: given.trim(), valid: true, key, kind });
  });

  it.each([
    ['Sarah Johnson <Sarah@techcorp.com>', 'Sarah@techcorp.com'], ['mailto:sarah@techcorp.com', 'sarah@techcorp.com'],
    ['sarah(at work)@techcorp.com', 'sarah@techcorp.com'], ['(Ms)sarah@(the)techcorp.com(host (first))', 'sarah@techcorp.com'],
    ['sa\u200brah@techcorp.com', 'sarah@techcorp.com'], ['ｓａｒａｈ＠ｔｅｃｈｃｏｒｐ．ｃｏｍ', 'sarah@techcorp.com'],
  ])('%s is kept as %s', (given, text) => {
    expect(readEmail(given)).toMatchObject({ text, valid: true, key: text.toLowerCase() });
  });

  it.each([
    'nobody', '@techcorp.com', 'a@b', 'a b@techcorp.com', 'a@techcorp..com', 'a@[192.0.2.1]', '""@techcorp.com', 'a@xn--a.com', 'a(b)c@techcorp.com',
    'a@techcorp.com/path', '"a\u0007b"@techcorp.com', '<<a@techcorp.com>',
  ])('%j is no address, and kept as it is', (given) => {
    expect(readEmail(given)).toEqual({ text: given, valid: false, key: null, kind: null, domain: null });
  });

  it.each([null, undefined, '', '  '])('%j is none', (given) => {
    expect(readEmail(given)).toEqual({ text: null, valid: false, key: null, kind: null, domain: null });
  });
});
