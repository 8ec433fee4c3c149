import { NOW, read, request, settings, testWith } from '../../test/payloads';
import { hubspot } from './hubspot';
import { hmac } from './signatures';

describe('HubSpot', () => {
  testWith('hubspot/form_submission_v3.json', 'reads the documented form submission, with the consent text', (content) => {
    const { leads, ids } = read(hubspot, JSON.parse(content));
    expect(ids).toEqual([null]);
    expect(leads).toEqual([{
      email: 'example@example.com', page_url: 'www.example.com/page',
      custom_fields: { hubspot_utk: '6f453d92607b8108998dc213178ad214', page_name: 'Example page' },
      consent: { text_version: 'Legitimate interest consent text', origin: 'www.example.com/page' },
    }]);
  });

  it('reads company fields, choices, questions of its own, and the campaign of the page', () => {
    const { leads } = read(hubspot, {
      submissionId: 's-1', submittedAt: 1764324000000,
      fields: [
        { objectTypeId: '0-1', name: 'email', value: 'a@techcorp.com' }, { name: 'firstname', value: 'Ada' }, { name: '0-2/name', value: 'TechCorp' },
        { objectTypeId: '0-2', name: 'domain', value: 'techcorp.com' }, { name: 'mobilephone', value: '+49 151 23456789' },
        { name: 'interests', value: 'Routing;Scoring' }, { name: 'numemployees', value: '25' },
      ],
      context: { pageUri: 'https://x.io/demo?utm_source=google&utm_medium=cpc&gclid=abc' },
      legalConsentOptions: { consent: { consentToProcess: true, text: 'I agree', communications: [{ value: true, text: 'News' }] } },
    });
    expect(leads[0]).toMatchObject({
      email: 'a@techcorp.com', first_name: 'Ada', company_name: 'TechCorp', website: 'techcorp.com', mobile: '+49 151 23456789', employees: 25,
      custom_fields: { interests: ['Routing', 'Scoring'] }, utm: { source: 'google', medium: 'cpc' }, click_ids: { gclid: 'abc' },
      consent: { text_version: 'I agree', at: '2025-11-28T10:00:00.000Z' },
    });
  });

  testWith('hubspot/webhook_snowplow_1.json', 'takes a created contact to be fetched, under the id of its event', (content) => {
    expect(read(hubspot, JSON.parse(content))).toMatchObject({
      ids: ['contact.creation 123 1 1539145399845'], fetched: [expect.stringMatching(/^\/crm\/v3\/objects\/contacts\/123\?properties=email,/)], ignored: [],
    });
  });

  it('reads several events of one webhook each for itself, and no lead in what tells of none', () => {
    const event = (eventId: number, subscriptionType: string) => ({ eventId, subscriptionType, objectId: 7, occurredAt: 1 });
    expect(read(hubspot, [event(1, 'contact.creation'), event(2, 'company.creation'), event(3, 'contact.deletion')])).toMatchObject({
      ids: ['contact.creation 7 1 1'], ignored: [['company.creation 7 2 1', 'not_a_lead'], ['contact.deletion 7 3 1', 'not_a_lead']],
    });
  });

  it('reads the contact that a workflow or the API sends', () => {
    const plain = { id: '51', properties: { email: 'a@b.io', lastname: 'Ito', jobtitle: 'CTO', hs_object_id: '51', num_notes: 3, favourite: 'x' } };
    const versioned = { vid: 51, properties: { email: { value: 'a@b.io', versions: [] }, lastname: { value: 'Ito' }, jobtitle: { value: 'CTO' }, favourite: { value: 'x' } } };
    const lead = { external_id: '51', email: 'a@b.io', last_name: 'Ito', job_title: 'CTO', custom_fields: { favourite: 'x' } };
    expect(read(hubspot, plain).leads).toEqual([lead]);
    expect(read(hubspot, versioned).leads).toEqual([lead]);
    expect(hubspot.readFetched?.(plain, {})).toMatchObject({ answers: expect.arrayContaining([{ name: 'email', field: 'email', value: 'a@b.io' }]) });
    expect(hubspot.readFetched?.({ status: 'error' }, {})).toBeNull();
  });

  testWith('hubspot/signature_vectors_nodejs.json', "knows HubSpot's own signatures, v1 and v2", (content) => {
    for (const { version, signature, client_secret, request_body, url, method } of JSON.parse(content) as Record<string, string>[]) {
      const headers = { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': version };
      const signed = request(request_body, { headers, method: method ?? 'POST', urls: ['http://inside:3000/x', url ?? 'https://a.io/b'] });
      expect(hubspot.verify(signed, settings({ client_secret }), NOW)).toEqual({ ok: true });
      expect(hubspot.verify({ ...signed, bytes: Buffer.from(`${request_body} `) }, settings({ client_secret }), NOW).ok).toBe(false);
      expect(hubspot.verify(signed, settings({ client_secret: 'another' }), NOW).ok).toBe(false);
    }
  });

  it('knows v3, over the address as HubSpot writes it, for five minutes', () => {
    const urls = ['https://crm.example.com/in/hwc_1?a=%40b'];
    const body = '[{"eventId":1}]';
    const signature = hmac('sha256', 'sss', 'base64', 'POST', 'https://crm.example.com/in/hwc_1?a=@b', body, String(NOW));
    const signed = request(body, { urls, headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(NOW) } });
    const secrets = settings({ client_secret: 'sss' });
    expect(hubspot.verify(signed, secrets, NOW + 299_000)).toEqual({ ok: true });
    expect(hubspot.verify(signed, secrets, NOW + 301_000)).toEqual({ ok: false, why: 'The signed time is too long ago, or ahead' });
    expect(hubspot.verify({ ...signed, urls: ['https://elsewhere.io/'] }, secrets, NOW).ok).toBe(false);
    expect(hubspot.verify(request(body), secrets, NOW)).toEqual({ ok: false, why: 'X-HubSpot-Signature is missing' });
  });

  it('knows forms, which are not signed, by a token; a signature counts beside it', () => {
    const both = settings({ client_secret: 'sss', token: 'ttt' });
    expect(hubspot.verify(request('{}', { query: { token: 'ttt' } }), both, NOW)).toEqual({ ok: true });
    expect(hubspot.verify(request('{}', { query: { token: 'no' } }), both, NOW).ok).toBe(false);
    expect(hubspot.verify(request('{}', { query: { token: 'ttt' }, headers: { 'x-hubspot-signature': 'wrong' } }), both, NOW).ok).toBe(false);
    expect(hubspot.verify(request('{}'), settings(), NOW)).toEqual({ ok: true });
  });
});
