import { normaliseCompanyName, normaliseEmail, phoneDigits } from './match-keys';

describe('match keys', () => {
  it('compares e-mails without case, space and width', () => {
    expect(normaliseEmail('  Sarah.Johnson@TechCorp.COM ')).toBe('sarah.johnson@techcorp.com');
    expect(normaliseEmail('ｓarah@techcorp.com')).toBe('sarah@techcorp.com');
  });

  it('compares companies without case, punctuation and spacing', () => {
    expect(normaliseCompanyName('TechCorp,  Inc.')).toBe(normaliseCompanyName('TECHCORP INC'));
    expect(normaliseCompanyName('Müller & Söhne')).toBe('müller söhne');
    expect(normaliseCompanyName('TechCorp Ltd')).not.toBe(normaliseCompanyName('TechCorp Inc'));
  });

  it('compares phones by their digits', () => expect(phoneDigits('+1-555-0123')).toBe('15550123'));

  it.each([null, undefined, '', '  '])('has no key for %p', (nothing) => {
    expect([normaliseEmail(nothing), normaliseCompanyName(nothing), phoneDigits(nothing)]).toEqual([null, null, null]);
  });

  it('has no key for a name of nothing but signs', () => expect(normaliseCompanyName('---')).toBeNull());
});
