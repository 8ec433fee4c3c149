import { NOW, read, request, settings, testWith } from '../../test/payloads';
import { googleAds } from './google-ads';

const LIVE = { is_test: undefined, lead_id: 'L1' };

describe('Google Ads', () => {
  testWith('google_ads/lead_form_b2b_test.json', 'logs a test without a lead, and reads the same as a lead without its mark', (content) => {
    const body = JSON.parse(content) as Record<string, unknown>;
    expect(read(googleAds, body)).toMatchObject({ leads: [], ignored: [[body.lead_id, 'test_delivery']] });
    expect(read(googleAds, { ...body, ...LIVE })).toMatchObject({
      ids: ['L1'],
      leads: [{
        full_name: 'FirstName LastName', company_name: 'CompanyName', email: 'work-test@example.com', job_title: 'JobTitle', campaign: '10000000000',
        utm: { source: 'google', medium: 'cpc' }, click_ids: { gclid: body.gcl_id },
        custom_fields: { form_id: '52083961646', adgroup_id: '20000000000', creative_id: '30000000000' },
      }],
    });
  });

  testWith('google_ads/lead_form_service_test.json', 'reads a column that has no name', (content) => {
    expect(read(googleAds, { ...JSON.parse(content), ...LIVE }).leads).toMatchObject([{
      phone: '+16505550123', email: 'test@example.com', postal_code: '94043', custom_fields: { service: 'Roofing' },
    }]);
  });

  it('keeps a second address and what it does not know under their own names', () => {
    const column = (column_id: string, string_value: string, column_name?: string) => ({ column_id, string_value, column_name });
    expect(read(googleAds, { lead_id: 'x', user_column_data: [
      column('WORK_EMAIL', 'a@firma.de'), column('EMAIL', 'a@gmail.com'), column('q_1', 'bald', 'Wann möchten Sie starten?'), column('REGION', 'Bayern'), column('PHONE_NUMBER', ''),
    ] }).leads[0]).toMatchObject({ email: 'a@firma.de', state: 'Bayern', custom_fields: { email: 'a@gmail.com', wann_möchten_sie_starten: 'bald' } });
  });

  it('knows the sender by the key in the body', () => {
    const secrets = settings({ google_key: '123456' });
    expect(googleAds.verify(request({ google_key: '123456' }), secrets, NOW)).toEqual({ ok: true });
    expect(googleAds.verify(request({ google_key: 123456 }), secrets, NOW)).toEqual({ ok: true });
    expect(googleAds.verify(request({ google_key: '1234567' }), secrets, NOW).ok).toBe(false);
    expect(googleAds.verify(request('google_key=123456'), secrets, NOW)).toEqual({ ok: false, why: 'google_key is missing in the body' });
  });
});
