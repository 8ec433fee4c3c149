import { NOW, read, request, settings, testWith } from '../../test/payloads';
import { intercom } from './intercom';
import { hmac } from './signatures';

describe('Intercom', () => {
  testWith('intercom/hull_webhook-lead-created.json', 'reads a lead with its company, place and attributes', (content) => {
    expect(read(intercom, JSON.parse(content))).toMatchObject({
      ids: ['notif_d67fe036-69ce-4202-99c7-0b99c9a5b098'],
      leads: [{
        external_id: '5f297f71bce3e055f3afdf6e', email: 'johnnybravo@rei.com', full_name: 'Johnny Bravo', company_name: 'REI', city: 'Dublin', state: 'Dublin',
        country: 'IE', job_title: 'sales',
      }],
      raised: [true],
    });
  });

  testWith('intercom/hull_webhook-user-created.json', 'reads a user, who asks for nothing', (content) => {
    expect(read(intercom, JSON.parse(content))).toMatchObject({ leads: [{ email: 'johnnybravo@rei.com' }], raised: [false] });
  });

  testWith('intercom/v2_contact_lead_created.json', 'reads the newer shape', (content) => {
    expect(read(intercom, JSON.parse(content)).leads).toEqual([{ external_id: '6961d897719c606240178da8', email: 'shuz@gmail.com', full_name: 'shuuuuz' }]);
  });

  testWith('intercom/hull_webhook-company-created.json', 'makes no lead of a company', (content) => {
    expect(read(intercom, JSON.parse(content))).toMatchObject({ leads: [], ignored: [[expect.stringMatching(/^notif_/), 'not_a_lead']] });
  });

  it('reads who began a conversation, and answers a ping', () => {
    const item = { type: 'conversation', source: { body: '<p>Hello <b>you</b></p>', author: { type: 'lead', id: '1', email: 'a@b.io', name: 'Ada' } } };
    expect(read(intercom, { topic: 'conversation.user.created', id: 'n', data: { item } })).toMatchObject({
      leads: [{ email: 'a@b.io', full_name: 'Ada', notes: 'Hello you' }], raised: [true],
    });
    expect(read(intercom, { topic: 'ping', id: 'p', data: { item: { type: 'ping' } } }).ignored).toEqual([['p', 'test_delivery']]);
  });

  it('knows its signature', () => {
    const secrets = settings({ client_secret: 'ic' });
    const signed = request('{}', { headers: { 'x-hub-signature': `sha1=${hmac('sha1', 'ic', 'hex', '{}')}` } });
    expect(intercom.verify(signed, secrets, NOW)).toEqual({ ok: true });
    expect(intercom.verify({ ...signed, bytes: Buffer.from('{ }') }, secrets, NOW).ok).toBe(false);
  });
});
