export const SUBJECT = 'crm.bench.live.lead.captured.v1';

/** An event as long as the one that Headwater writes. */
export function envelopeOf(id: string, lead: string, body: string): string {
  const now = new Date().toISOString();
  return `{"specversion":"1.0","id":"${id}","type":"lead.captured","source":"baseline","subject":"${lead}","time":"${now}",`
    + '"datacontenttype":"application/json","dataschema":"urn:headwater:event:lead.captured:v1","tenantid":"bench",'
    + `"leadid":${lead},"revision":1,"correlationid":"${id}","data":{"lead":{"lead_id":${lead},"revision":1,"created_at":"${now}",`
    + `"updated_at":"${now}","profile":${body},"facts":{"email_valid":true,"email_kind":"business","phone_valid":true,"mobile_valid":null},`
    + '"attribution":{"source":"web","channel":"email","entry":"api","campaign":"spring-webinar"},"notes":null,"converted":null},'
    + `"touch":{"lead_id":${lead},"submission_id":"${id}","at":"${now}","entry":"api","channel":"email","source":"web"}}}`;
}
