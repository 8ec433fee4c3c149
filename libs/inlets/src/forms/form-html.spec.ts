import { formHtml } from './form-html';

it('is a form that works as it is, and in which nothing of its settings is markup', () => {
  const html = formHtml({
    fields: [
      { name: 'mail', to: 'email', required: true, label: 'E-mail <b>' }, { name: 'size', label: 'Size', options: ['1-9', '10+ "many"'] }, { name: 'message', label: 'Message' },
    ],
    consent: { text: 'I agree & know.', version: '1', field: 'agree' },
  }, { action: 'https://crm.example/f/hwf_x', madeAt: 'now.sig' });
  expect(html.split('\n')).toEqual([
    '<form action="https://crm.example/f/hwf_x" method="post" accept-charset="utf-8">',
    '  <p><label>E-mail &#60;b&#62; <input type="email" autocomplete="email" name="mail" required></label></p>',
    '  <p><label>Size <select name="size"><option value=""></option><option>1-9</option><option>10+ &#34;many&#34;</option></select></label></p>',
    '  <p><label>Message <textarea name="message" rows="4"></textarea></label></p>',
    '  <p><label><input type="checkbox" name="agree" value="yes"> I agree &#38; know.</label></p>',
    '  <p aria-hidden="true" style="position:absolute;left:-9999px"><label>Leave this empty <input type="text" name="hw_leave_empty" tabindex="-1" autocomplete="off"></label></p>',
    '  <input type="hidden" name="hw_made_at" value="now.sig">',
    '  <p><button type="submit">Send</button></p>',
    '</form>',
  ]);
});

it('asks for the usual fields when it has none of its own', () => {
  const html = formHtml({ consent: { text: 'Sending is consent.', version: '1' } }, { action: '/f/x', madeAt: 't' });
  expect([...html.matchAll(/ name="(\w+)"/g)].map(([, name]) => name)).toEqual(
    ['first_name', 'last_name', 'email', 'company_name', 'phone', 'description', 'hw_leave_empty', 'hw_made_at']);
  expect(html).toContain('<p>Sending is consent.</p>');
});
