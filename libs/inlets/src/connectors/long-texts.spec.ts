import { NOW, read, request, settings } from '../../test/payloads';
import { generic } from './generic';
import { inboundEmail } from './inbound-email';
import { intercom } from './intercom';

/** What patterns could take for ever over, if they looked at each place more than once; done in a moment, or the test's time is over. */
const ENDLESS = ['a@' + 'a.'.repeat(60_000) + '!', '<'.repeat(120_000), 'name="token"\n'.repeat(20_000), 'name="token"'.repeat(20_000), ' '.repeat(120_000) + 'x', '-'.repeat(120_000), '_a'.repeat(60_000)];

it.each(ENDLESS.map((text) => [text.slice(0, 20), text]))('a long text of "%s…" takes no longer than its length', (_, text) => {
  const start = process.cpuUsage(); // whatever else the machine does
  read(generic, { question: text, [text]: 1 });
  read(intercom, { topic: 'conversation.user.created', data: { item: { source: { body: text, author: { type: 'lead', email: text } } } } });
  read(inboundEmail, { headers: {}, attachments: [], message_id: null, from: { name: text, address: 'a@b.io' }, reply_to: null, to: [], subject: text, text, reply: null, return_path: null });
  inboundEmail.verify(request(text, { headers: { 'content-type': 'multipart/form-data' } }), settings({ mailgun_key: 'k' }), NOW);
  inboundEmail.verify(request(text, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }), settings({ mailgun_key: 'k' }), NOW);
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000);
});
