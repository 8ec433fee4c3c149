import { NOW, read, request, settings } from '../../test/payloads';
import { linkedinLeadGen } from './linkedin-lead-gen';
import { hmac } from './signatures';

const SECRETS = settings({ client_secret: 'li' });
const answer = (questionId: number, text: string) => ({ questionId, answerDetails: { textQuestionAnswer: { answer: text } } });

describe('LinkedIn Lead Gen Forms', () => {
  it('reads answers by the questions of the form, and choices by their texts', () => {
    const questions = [
      { questionId: 1, predefinedField: 'FIRST_NAME', name: 'firstName' }, { questionId: 2, predefinedField: 'WORK_EMAIL' },
      {
        questionId: 3, name: 'size', question: { localized: { de_DE: 'Wie groß ist Ihr Team?' } },
        questionDetails: { multipleChoiceQuestionDetails: { options: [{ id: 1, text: { localized: { de_DE: '1-10' } } }, { id: 2, text: { localized: { de_DE: '11-50' } } }] } },
      },
    ];
    expect(read(linkedinLeadGen, {
      id: '52dcb737-4', leadType: 'SPONSORED', leadMetadata: { sponsoredLeadMetadata: { campaign: 'urn:li:sponsoredCampaign:3' } }, form: { content: { questions } },
      formResponse: { answers: [answer(1, 'Ada'), answer(2, 'ada@firma.de'), { questionId: 3, answerDetails: { multipleChoiceAnswer: { options: [2] } } }] },
      hiddenFields: [{ name: 'utm_term', value: 'crm' }],
    })).toMatchObject({
      ids: ['52dcb737-4'],
      leads: [{
        first_name: 'Ada', email: 'ada@firma.de', campaign: 'urn:li:sponsoredCampaign:3', utm: { source: 'linkedin', medium: 'paid_social', term: 'crm' },
        custom_fields: { 'wie_groß_ist_ihr_team': '11-50' },
      }],
    });
  });

  it('finds the e-mail among answers of which only numbers are known, and takes a mapping for the rest', () => {
    const body = { id: 'r', formResponse: { answers: [answer(205, 'test1@gmail.com'), answer(206, 'Ito')] } };
    expect(read(linkedinLeadGen, body, { fields: { 206: 'last_name' } }).leads[0]).toMatchObject({ email: 'test1@gmail.com', last_name: 'Ito' });
  });

  it('takes what a notification names to be fetched; a deleted or a test lead is none', () => {
    const notice = { type: 'LEAD_ACTION', leadGenFormResponse: 'urn:li:leadGenFormResponse:0bcd-1', leadAction: 'CREATED', leadType: 'COMPANY' };
    expect(read(linkedinLeadGen, notice)).toMatchObject({ ids: ['0bcd-1'], fetched: ['/rest/leadFormResponses/0bcd-1'] });
    expect(read(linkedinLeadGen, { ...notice, leadAction: 'DELETED' }).ignored).toEqual([['0bcd-1 DELETED', 'not_a_lead']]);
    expect(read(linkedinLeadGen, { id: 't', testLead: true, formResponse: { answers: [answer(1, 'x')] } }).ignored).toEqual([['t', 'test_delivery']]);
  });

  it('answers the challenge, and knows both ways in which its signature is read', () => {
    const code = '890e4665-4dfe-4ab1-b689-ed553bceeed0';
    expect(JSON.parse(linkedinLeadGen.challenge?.(request('', { method: 'GET', query: { challengeCode: code } }), SECRETS)?.body ?? ''))
      .toEqual({ challengeCode: code, challengeResponse: hmac('sha256', 'li', 'hex', code) });
    const body = '{"type":"LEAD_ACTION"}';
    for (const signature of [hmac('sha256', 'li', 'hex', body), `hmacsha256=${hmac('sha256', 'li', 'hex', `hmacsha256=${body}`)}`]) {
      expect(linkedinLeadGen.verify(request(body, { headers: { 'x-li-signature': signature } }), SECRETS, NOW)).toEqual({ ok: true });
      expect(linkedinLeadGen.verify(request(`${body} `, { headers: { 'x-li-signature': signature } }), SECRETS, NOW).ok).toBe(false);
    }
  });
});
