import { readEmail } from './email';

describe('readEmail', () => {
  it.each([
    ['Sarah.Johnson@TechCorp.com', 'sarah.johnson@techcorp.com', 'business'],
    ['j.doe+crm@gmail.com', 'jdoe@gmail.com', 'free'],
    ['j.doe@googlemail.com', 'jdoe@gmail.com', 'free'],
    ['max+news@outlook.com', 'max@outlook.com', 'free'],
    ['max+news@techcorp.com', 'max+news@techcorp.com', 'business'],
    ['+only@gmail.com', '+only@gmail.com', 'free'],
    ['info@techcorp.com', 'info@techcorp.com', 'role'],
    ['x@mailinator.com', 'x@mailinator.com', 'disposable'],
    ['jürgen@münchen.de', 'jürgen@xn--mnchen-3ya.de', 'business'],
    ['  a@b.io ', 'a@b.io', 'business'],
  ])('%s is matched as %s and is of kind %s', (given, key, kind) => {
    expect(readEmail(given)).toMatchObject({ valid: true, key, kind });
  });

  it.each([null, undefined, '', 'nobody', '@techcorp.com', 'a@b', 'a b@techcorp.com', 'a@techcorp..com'])('%s is no address', (given) => {
    expect(readEmail(given)).toEqual({ valid: false, key: null, kind: null, domain: null });
  });
});
