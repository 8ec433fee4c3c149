import { NOW, read, request, settings, testWith } from '../../test/payloads';
import { hmac } from './signatures';
import { typeform } from './typeform';

const field = (id: string, type: string, ref?: string) => ({ id, type, ...(ref ? { ref } : {}) });
const response = (answers: object[], fields: object[], hidden?: object) =>
  ({ event_id: 'e', event_type: 'form_response', form_response: { token: 't', definition: { fields }, answers, hidden } });

describe('Typeform', () => {
  testWith('typeform/form_response_actionsflow.json', 'knows a question by its text', (content) => {
    expect(read(typeform, JSON.parse(content))).toMatchObject({ ids: ['x71for1wr6irs2rx71fotn12b3izh25v'], leads: [{ full_name: 'test1' }] });
  });

  testWith('typeform/form_response_dify.json', 'reads hidden fields, and never takes a computed variable for the person', (content) => {
    expect(read(typeform, JSON.parse(content)).leads).toEqual([{
      external_id: 'abc123456', source: 'ads', custom_fields: { long_text: 'Sample answer', score: 4, name: 'typeform' },
    }]);
  });

  it('reads every type of answer, by type, by reference and by question in other languages', () => {
    expect(read(typeform, response([
      { type: 'text', text: 'Ada', field: field('1', 'short_text') }, { type: 'text', text: 'Lovelace', field: field('2', 'short_text', 'last_name') },
      { type: 'email', email: 'ada@firma.de', field: field('3', 'email') }, { type: 'phone_number', phone_number: '+4915123456789', field: field('4', 'phone_number') },
      { type: 'choice', choice: { label: 'Logistik' }, field: field('5', 'multiple_choice') },
      { type: 'choices', choices: { labels: ['Routing', 'Scoring'], other: 'Else' }, field: field('6', 'multiple_choice') },
      { type: 'boolean', boolean: true, field: field('7', 'yes_no') }, { type: 'number', number: 8, field: field('8', 'opinion_scale') },
      { type: 'url', url: 'https://firma.de', field: field('9', 'website') }, { type: 'choice', choice: { other: 'sonst' }, field: field('10', 'dropdown') },
      { type: 'date', date: '2026-01-31', field: field('11', 'date') },
    ], [
      { id: '1', title: 'Vorname' }, { id: '5', title: 'Branche' }, { id: '6', title: 'Welche Funktionen brauchen Sie?' }, { id: '7', title: 'Rückruf?' },
      { id: '8', title: 'Wie wahrscheinlich?' }, { id: '10', title: 'Woher?' }, { id: '11', title: 'Start' },
    ], { utm_source: 'linkedin', company: 'Firma GmbH' })).leads[0]).toEqual({
      first_name: 'Ada', last_name: 'Lovelace', email: 'ada@firma.de', phone: '+4915123456789', industry: 'Logistik', website: 'https://firma.de', company_name: 'Firma GmbH',
      utm: { source: 'linkedin' },
      custom_fields: {
        welche_funktionen_brauchen_sie: ['Routing', 'Scoring', 'Else'], rückruf: true, wie_wahrscheinlich: 8, woher: 'sonst', start: '2026-01-31',
      },
    });
  });

  it('is no lead before the form is submitted', () => {
    expect(read(typeform, { ...response([], []), event_type: 'form_response_partial' }).ignored).toEqual([['t form_response_partial', 'not_a_lead']]);
  });

  it('knows its signature', () => {
    const secrets = settings({ secret: 'tf' });
    const signed = request('{"a":1}', { headers: { 'typeform-signature': `sha256=${hmac('sha256', 'tf', 'base64', '{"a":1}')}` } });
    expect(typeform.verify(signed, secrets, NOW)).toEqual({ ok: true });
    expect(typeform.verify({ ...signed, bytes: Buffer.from('{"a":2}') }, secrets, NOW)).toEqual({ ok: false, why: 'Typeform-Signature is not the signature of this body' });
  });
});
