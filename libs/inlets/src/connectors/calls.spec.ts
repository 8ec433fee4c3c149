import { createHash } from 'node:crypto';
import { form, NOW, read, request, settings } from '../../test/payloads';
import { inboundCall } from './inbound-call';
import { hmac } from './signatures';
import { twilio } from './twilio';

describe('telephone calls', () => {
  it('make a lead of the caller, without a name too, with what happened as a note', () => {
    const call = {
      caller: '+14155552671', called: '+493012345', direction: 'inbound', time: '2026-11-28T10:00:00Z', duration: 95, recording_url: 'https://rec.example/1', call_id: 'c-1',
    };
    expect(read(inboundCall, call)).toEqual({
      ids: ['c-1'], ignored: [], raised: [undefined], fetched: [undefined],
      leads: [{
        phone: '+14155552671', custom_fields: { called_number: '+493012345' },
        notes: 'Call from +14155552671 to +493012345 at 2026-11-28T10:00:00.000Z for 95 seconds\nRecording: https://rec.example/1',
      }],
    });
    expect(read(inboundCall, { call: { from: { number: '+14155552671' }, to: '+493012345', caller_name: 'Ada Ito', id: 9 }, company: 'TechCorp' }))
      .toMatchObject({ ids: ['9'], leads: [{ phone: '+14155552671', full_name: 'Ada Ito', company_name: 'TechCorp' }] });
  });

  it('that we made reach whom we called, who did not ask for it', () => {
    expect(read(inboundCall, { from: '+493012345', to: '+14155552671', direction: 'outbound-api', id: 'c' })).toMatchObject({
      leads: [{ phone: '+14155552671', notes: 'Call to +14155552671 from +493012345' }], raised: [false],
    });
  });

  it.each(['anonymous', 'Restricted', '+266696687', ''])('from a number that is withheld (%j) are no lead', (caller) => {
    expect(read(inboundCall, { caller, called: '+493012345', call_id: 'c' }).ignored).toEqual([['c', 'number_withheld']]);
  });

  it('are not what has no number at all', () => {
    expect(read(inboundCall, { hello: 'world' }).ignored).toEqual([[null, 'not_understood']]);
  });
});

describe('Twilio', () => {
  const fields = 'CallSid=CA1&AccountSid=AC1&From=%2B14158675310&To=%2B18005551212&CallStatus=completed&Direction=inbound&CallDuration=12'
    + '&FromCity=SAN+FRANCISCO&FromCountry=US&CallerName=WIRELESS+CALLER';

  it('reads a call, one submission for all its callbacks', () => {
    expect(read(twilio, form(fields))).toMatchObject({
      ids: ['CA1'], leads: [{ phone: '+14158675310', city: 'SAN FRANCISCO', country: 'US', notes: expect.stringContaining('12 seconds (completed)') }],
    });
    expect(read(twilio, form(fields.replace('completed', 'ringing'))).ids).toEqual(['CA1']);
  });

  it('takes no word that a network has for whom it does not know for a name', () => {
    const nameOf = (name: string) => read(twilio, { CallSid: 'CA1', From: '+14158675310', CallerName: name }).leads[0].full_name;
    for (const word of ['WIRELESS CALLER', 'Cell Phone', 'UNKNOWN NAME', 'Toll Free Call', 'NAME UNAVAILABLE', '+14158675310', 'Out of Area', 'anonymous']) expect(nameOf(word)).toBeUndefined();
    for (const name of ['ITO,ADA', 'Cell Biology Inc', 'Unknown Pleasures Ltd']) expect(nameOf(name)).toBe(name);
  });

  it("knows the signature of Twilio's documentation", () => {
    const body = 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212';
    const signed = request(body, {
      urls: ['http://mycompany.com/myapp.php?foo=1&bar=2', 'https://mycompany.com/myapp.php?foo=1&bar=2'],
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
    });
    expect(twilio.verify(signed, settings({ auth_token: '12345' }), NOW)).toEqual({ ok: true });
    expect(twilio.verify({ ...signed, bytes: Buffer.from(body.replace('1234&', '1235&')) }, settings({ auth_token: '12345' }), NOW).ok).toBe(false);
    expect(twilio.verify({ ...signed, urls: ['https://elsewhere.example/'] }, settings({ auth_token: '12345' }), NOW).ok).toBe(false);
    const plain = request('', { headers: { 'x-twilio-signature': hmac('sha1', '12345', 'base64', 'https://crm.example.com/in/hwc_1') } });
    expect(twilio.verify(plain, settings({ auth_token: '12345' }), NOW)).toEqual({ ok: true });
  });

  it('knows a body that is no form by its hash in the signed address', () => {
    const ask = (body: string, hash?: string) => {
      const url = `https://crm.example.com/in/hwc_1${hash ? `?bodySHA256=${hash}` : ''}`;
      const headers = { 'x-twilio-signature': hmac('sha1', '12345', 'base64', url) };
      return twilio.verify(request(body, { urls: [url], query: hash ? { bodySHA256: hash } : {}, headers }), settings({ auth_token: '12345' }), NOW).ok;
    };
    const hash = createHash('sha256').update('{"From":"+14158675309"}').digest('hex');
    expect([ask('{"From":"+14158675309"}', hash), ask('{"From":"+14158675308"}', hash), ask('{"From":"+14158675309"}')]).toEqual([true, false, false]);
  });
});
