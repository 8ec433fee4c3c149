// The newest score of every lead, kept outside of Headwater: with a NATS client, and nothing else.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { AckPolicy, connect, nanos } from 'nats';

const { NATS_URL, NATS_USER: user, NATS_PASSWORD: pass, TENANT = 'demo', JOURNAL = 'scores.jsonl' } = process.env;
const DURABLE = 'outside_lead_scored'; // a name of its own: the broker remembers under it what is done
const done = new Set();
const newest = new Map();

function keep({ id, leadid, revision, data }) {
  done.add(id);
  if (revision > (newest.get(leadid)?.revision ?? 0)) newest.set(leadid, { revision, ...data.score.effective }); // order doesn't matter
}
for (const line of existsSync(JOURNAL) ? readFileSync(JOURNAL, 'utf8').trim().split('\n') : []) if (line) keep(JSON.parse(line));

const nats = await connect({ servers: NATS_URL, user, pass, maxReconnectAttempts: -1, ...(user && { inboxPrefix: `_INBOX_${user}` }) });
await (await nats.jetstreamManager()).consumers.add('CRM', {
  durable_name: DURABLE, filter_subject: `crm.${TENANT}.*.lead.scored.v1`, // both lanes
  ack_policy: AckPolicy.Explicit, ack_wait: nanos(5_000), // what isn't acknowledged by then comes again
});
const consumer = await nats.jetstream().consumers.get('CRM', DURABLE);
for await (const message of await consumer.consume()) {
  const event = message.json();
  if (!done.has(event.id)) { // it may come again: an effect happens once by its id
    appendFileSync(JOURNAL, `${JSON.stringify(event)}\n`); // kept first, acknowledged then: who is killed in between gets it again
    keep(event);
    console.log(JSON.stringify({ lead: event.leadid, ...newest.get(event.leadid) }));
  }
  message.ack();
}
