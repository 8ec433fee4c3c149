import { form, NOW, read, request, settings, testWith } from '../../test/payloads';
import { mailchimp } from './mailchimp';

describe('Mailchimp', () => {
  testWith('mailchimp/form_0.txt', 'reads the shortest form', (content) => {
    expect(read(mailchimp, form(content))).toMatchObject({ ids: [null], leads: [{ last_name: 'Beemster' }], raised: [false] });
  });

  testWith('mailchimp/parsed_incoming-webhook-subscribe-complete.json', 'reads merge fields, the address among them', (content) => {
    expect(read(mailchimp, JSON.parse(content))).toMatchObject({
      ids: ['subscribe c85a31383e d85679026d 2018-10-25T12:02:47.000Z'],
      leads: [{
        email: 'john@test.com', first_name: 'John', last_name: 'Doe', street: 'L', city: 'L', country: 'US', phone: '1123123123',
        custom_fields: { radio: 'Second Choice', mailchimp_list: 'c85a31383e', us_zip: '13200' },
      }],
    });
  });

  testWith('mailchimp/parsed_incoming-webhook-profile.json', 'reads a changed profile', (content) => {
    expect(read(mailchimp, JSON.parse(content))).toMatchObject({ ids: [null], leads: [{ email: 'profile@changed.io', first_name: 'First', last_name: 'Last' }] });
  });

  it('reads another address, and that somebody left; other events are no leads', () => {
    const at = 'fired_at=2026-01-02 03:04:05';
    expect(read(mailchimp, form(`type=upemail&${at}&data[new_email]=new@b.io&data[old_email]=old@b.io&data[new_id]=9&data[list_id]=l`)))
      .toMatchObject({ ids: ['upemail l 9 2026-01-02T03:04:05.000Z'], leads: [{ email: 'new@b.io', custom_fields: { former_email: 'old@b.io' } }] });
    expect(read(mailchimp, form(`type=unsubscribe&${at}&data[email]=a@b.io&data[action]=unsub&data[reason]=manual`)).leads)
      .toMatchObject([{ email: 'a@b.io', email_opt_out: true, notes: 'Unsubscribed in Mailchimp (unsub, manual)' }]);
    expect(read(mailchimp, form(`type=cleaned&${at}&data[email]=a@b.io&data[reason]=hard`)).ignored).toEqual([['cleaned a@b.io 2026-01-02T03:04:05.000Z', 'not_a_lead']]);
  });

  it('is asked whether it is there, and knows the sender by the secret in the address', () => {
    const secrets = settings({ token: 'mc' });
    expect(mailchimp.challenge?.(request('', { method: 'GET' }), secrets)).toMatchObject({ status: 200 });
    expect(mailchimp.verify(request('', { query: { secret: 'mc' } }), secrets, NOW)).toEqual({ ok: true });
    expect(mailchimp.verify(request(''), secrets, NOW)).toMatchObject({ ok: false });
  });
});
