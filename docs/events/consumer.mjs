// The newest score of every lead, kept outside of Headwater: with a NATS client, and nothing else.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { AckPolicy, connect, nanos } from 'nats';

const { NATS_URL: servers, NATS_USER: user, NATS_PASSWORD: pass, JOURNAL = 'scores.jsonl' } = process.env;
const newest = new Map(); // revision by lead
const isNew = ({ leadid, revision }) => revision > (newest.get(leadid) ?? 0); // else it came twice, or late
const keep = ({ leadid, revision }) => newest.set(leadid, revision);
if (existsSync(JOURNAL)) for (const line of readFileSync(JOURNAL, 'utf8').trim().split('\n')) keep(JSON.parse(line));

const nats = await connect({ servers, user, pass, maxReconnectAttempts: -1, inboxPrefix: `_INBOX_${user}` });
const durable = { durable_name: 'outside_scores', filter_subject: 'crm.demo.*.lead.scored.v1' }; // of a tenant, in both lanes
const policy = { ack_policy: AckPolicy.Explicit, ack_wait: nanos(5_000) }; // what isn't acknowledged by then comes again
await (await nats.jetstreamManager()).consumers.add('CRM', { ...durable, ...policy });
for await (const message of await (await nats.jetstream().consumers.get('CRM', durable.durable_name)).consume()) {
  const event = message.json();
  if (isNew(event)) {
    appendFileSync(JOURNAL, `${JSON.stringify(event)}\n`); // kept first, acknowledged then: whoever is killed in between gets it again
    keep(event);
    console.log(JSON.stringify({ lead: event.leadid, revision: event.revision, ...event.data.score.effective }));
  }
  message.ack();
}
