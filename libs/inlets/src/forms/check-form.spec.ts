import type { FormSettings } from '@headwater/contracts';
import { checkForm } from './check-form';
import { redirectOf } from './form-redirect';

describe('checking a form', () => {
  it('finds nothing in an ordinary one', () => {
    expect(checkForm({})).toEqual([]);
    expect(checkForm({
      fields: [{ name: 'mail', to: 'email' }, { name: 'utm', to: 'utm.source' }, { name: 'x', to: 'custom_fields.x' }, { name: 'anything' }], country: 'DE',
      redirect_url: 'https://www.acme.example/thanks', redirects: ['http://localhost:3000'], origins: ['https://www.acme.example', 'http://localhost:3000'], double_opt_in: {},
    })).toEqual([]);
  });

  it.each<[FormSettings, string, string]>([
    [{ fields: [{ name: 'a' }, { name: 'a' }] }, 'fields.1.name', 'repeated'],
    [{ fields: [{ name: 'retURL' }] }, 'fields.0.name', 'reserved'],
    [{ fields: [{ name: 'fax' }], honeypot: 'fax' }, 'fields.0.name', 'reserved'],
    [{ fields: [{ name: 'a', to: 'status' }] }, 'fields.0.to', 'unknown_value'],
    [{ fields: [{ name: 'a', to: 'custom_fields' }] }, 'fields.0.to', 'unknown_value'],
    [{ country: 'XX' }, 'country', 'unknown_value'],
    [{ redirect_url: 'javascript:alert(1)' }, 'redirect_url', 'wrong_format'],
    [{ redirect_url: '//evil.example' }, 'redirect_url', 'wrong_format'],
    [{ redirects: ['https://ok.example', 'https://user:pw@evil.example'] }, 'redirects.1', 'wrong_format'],
    [{ origins: ['https://www.acme.example/page'] }, 'origins.0', 'wrong_format'],
    [{ origins: ['*'] }, 'origins.0', 'wrong_format'],
    [{ fields: [{ name: 'phone' }], double_opt_in: {} }, 'double_opt_in', 'needs_email'],
  ])('finds what is wrong with %j', (settings, field, code) => {
    expect(checkForm(settings)).toEqual([expect.objectContaining({ field, code })]);
  });
});

describe('where a browser is sent', () => {
  const settings: FormSettings = { redirect_url: 'https://www.acme.example/thanks', redirects: ['https://shop.example/de/', 'https://blog.example'] };

  it.each([
    'https://www.acme.example/thanks', 'https://www.acme.example/thanks?for=you', 'https://www.acme.example/thanks/2', 'https://shop.example/de/', 'https://shop.example/de/a',
    'https://blog.example/', 'https://blog.example/any/page',
  ])('may be %s', (wish) => {
    expect(redirectOf(settings, wish)).toBe(wish);
  });

  it.each([
    'https://www.acme.example/', 'https://www.acme.example/thanks2', 'http://www.acme.example/thanks', 'https://www.acme.example.evil.example/thanks',
    'https://www.acme.example@evil.example/thanks', 'https://shop.example/de/../admin', 'https://shop.example/de', '//evil.example', '/thanks', 'javascript:alert(1)', '', undefined, ['x'],
    'https:\\\\evil.example',
  ])('is the page of its owner in place of %s', (wish) => {
    expect(redirectOf(settings, wish)).toBe('https://www.acme.example/thanks');
  });

  it('is our own page where there is none', () => {
    expect(redirectOf({}, 'https://www.acme.example/')).toBeNull();
  });
});
