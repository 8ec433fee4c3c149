import { NOW, read, request, settings, testWith } from '../../test/payloads';
import { metaLeadAds } from './meta-lead-ads';
import { hmac } from './signatures';

const SECRETS = settings({ app_secret: 'app', verify_token: 'leadAdsRockPlayer' });

describe('Meta Lead Ads', () => {
  testWith('meta_lead_ads/leadgen_notification.json', 'takes the lead that a notification names to be fetched', (content) => {
    expect(read(metaLeadAds, JSON.parse(content))).toMatchObject({
      ids: ['233370042045345'], fetched: [expect.stringMatching(/^\/233370042045345\?fields=id,.*field_data/)],
      leads: [{ utm: { source: 'facebook', medium: 'paid_social' }, custom_fields: { form_id: '172036835026334', page_id: '138124712925158' } }],
    });
  });

  it('reads answers where they are there, in any language, with choices and questions of its own', () => {
    const field_data = [
      { name: 'vollständiger_name', values: ['Jörg Müller'] }, { name: 'e-mail', values: ['joerg@firma.de'] }, { name: 'work_phone_number', values: ['+4930123456'] },
      { name: 'company_name', values: ['Müller GmbH'] }, { name: 'welche_produkte_interessieren_sie?', values: ['CRM', 'Telefon'] }, { name: 'empty', values: [] },
    ];
    const lead = {
      full_name: 'Jörg Müller', email: 'joerg@firma.de', phone: '+4930123456', company_name: 'Müller GmbH', utm: { source: 'instagram', medium: 'paid_social', campaign: 'Q4' },
      custom_fields: { welche_produkte_interessieren_sie: ['CRM', 'Telefon'], form_id: '9' },
    };
    const record = { id: '17', field_data, platform: 'ig', campaign_name: 'Q4', form_id: '9' };
    expect(read(metaLeadAds, record)).toMatchObject({ ids: ['17'], leads: [lead] });
    const notification = { object: 'page', entry: [{ changes: [{ field: 'leadgen', value: { leadgen_id: 17, ...record, id: undefined } }] }] };
    expect(read(metaLeadAds, notification)).toMatchObject({ ids: ['17'], leads: [lead], fetched: [undefined] });
    expect(metaLeadAds.readFetched?.(record, {})).toMatchObject({ id: '17', answers: expect.any(Array) });
    expect(metaLeadAds.readFetched?.({ error: {} }, {})).toBeNull();
  });

  it("makes no lead of Meta's own tests, nor of what is none", () => {
    const change = (field: string, leadgen_id?: string) => ({ entry: [{ changes: [{ field, value: { leadgen_id } }] }] });
    expect(read(metaLeadAds, change('leadgen', '444444444444')).ignored).toEqual([['444444444444', 'test_delivery']]);
    expect(read(metaLeadAds, { id: '1', field_data: [{ name: 'email', values: ['<test lead: dummy data for email>'] }] }).ignored).toEqual([['1', 'test_delivery']]);
    expect(read(metaLeadAds, change('feed')).ignored).toEqual([[null, 'not_a_lead']]);
    expect(read(metaLeadAds, change('leadgen', '../me')).ignored).toEqual([[null, 'not_understood']]);
  });

  it('answers the verification with the challenge alone, and refuses another token', () => {
    const ask = (token: string) => metaLeadAds.challenge?.(
      request('', { method: 'GET', query: { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': token } }), SECRETS);
    expect(ask('leadAdsRockPlayer')).toEqual({ status: 200, content_type: 'text/plain', body: '1158201444' });
    expect(ask('other')).toMatchObject({ status: 403 });
    expect(metaLeadAds.challenge?.(request('{}'), SECRETS)).toBeNull();
  });

  it('knows its signature over the bytes', () => {
    const body = '{"object":"page","x":"\\u00e4"}';
    const signed = request(body, { headers: { 'x-hub-signature-256': `sha256=${hmac('sha256', 'app', 'hex', body)}` } });
    expect(metaLeadAds.verify(signed, SECRETS, NOW)).toEqual({ ok: true });
    expect(metaLeadAds.verify({ ...signed, bytes: Buffer.from(`${body}\n`) }, SECRETS, NOW).ok).toBe(false);
    expect(metaLeadAds.verify(request(body), SECRETS, NOW)).toEqual({ ok: false, why: 'X-Hub-Signature-256 is missing' });
  });
});
