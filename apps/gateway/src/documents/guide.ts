/** What an integrator reads before the operations: what holds for all of them. */
export const DESCRIPTION = `Headwater takes in leads, scores and routes them by itself, and lets people qualify and convert them.

**Access.** \`Authorization: Bearer …\` with an API key (\`hw_…\`) or a JWT. Each operation names the scope that it needs; the roles
\`guest\`, \`integration\`, \`rep\`, \`manager\` and \`admin\` are made of scopes. A \`guest\` key, for public forms, can only insert.
A record of another tenant is a 404, as if it were not there.

**Answers.** Success is \`{message, data}\`, with \`warnings\` (remarks that did not stop the request) and \`meta\` where there are any.
A refusal is \`application/problem+json\` (RFC 9457): \`code\` is for programs, \`detail\` for people, \`errors\` names each field.
New members may be added to answers at any time: ignore those that you don't know. What you send is checked strictly: a property
or parameter that we don't know is a 422 \`unknown_field\`.

**Trying again.** Every POST takes an \`Idempotency-Key\`: a repetition with the same body gets the first answer, for 48 hours; with
another body it is a 422 \`idempotency_key_reused\`; while the first is being worked on, a 409 \`in_flight\`. After a 503 or a lost
connection send the same request with the same key, not before the seconds that \`Retry-After\` gives.

**Changing what others change.** A lead, and each record that it became, comes with an \`ETag\`. Sent back as \`If-Match\` with a PATCH it is a
412 \`precondition_failed\` when it has changed since. A converted lead is not changed any more: 409 \`lead_locked\`, with the records that it became.

**Lists** come in pages: \`limit\` (1 to 200, 50 when absent), and \`meta.next_cursor\` as \`cursor\` for the next page, until it is null.
A cursor is opaque, and good for the same filter and order alone.

**Later is not never.** \`POST /leads\` answers 202 while a lead can't be processed: it is kept durably, and \`Location\` tells what became
of it. Score and owner follow a moment after the lead; until then they are null. When a service doesn't answer in time, its part of a
lead is null, and \`meta.missing\` names the service.

**Limits.** A body has at most 256 kB of JSON in UTF-8, uncompressed; a lead at most 50 tags and 200 custom fields. Forms have a
rate limit, per form and sender (429); nothing else has. An address that takes other methods says which: 405, with \`Allow\`.

**Values.** Instants are RFC 3339 in UTC, dates \`YYYY-MM-DD\` in the tenant's time zone, money a number of its \`currency\` (ISO 4217).
In a PATCH absent fields stay, and null empties a field. \`X-Correlation-Id\` may be sent, and is on every answer: name it when you ask us.`;

/** The resources, in the order of a lead's way, each in a sentence. */
export const TAGS = {
  leads: 'People who may become customers: one record of all that its owners know, with its history.',
  duplicates: 'Pairs of leads that may be one person, and why; asking who somebody may be without sending them in.',
  merging: 'Leads that turn out to be one person: previewed, merged by a policy, and set apart again.',
  submissions: 'What was sent in, and what became of it; the desk for what waits for a decision.',
  imports: 'Files of leads: sent in, tried, started, watched; a verdict for each row.',
  forms: 'Web forms: a public key each, under which what people fill in comes in.',
  signals: 'What people do: each counts once, for its lead, or waits for it.',
  scores: 'How promising a lead is, with every reason; people may pin a part.',
  copilot: 'What a rep asks about a lead: how it qualifies, whether it is hot, what to do next, a first mail.',
  qualification: 'What was found out about a lead, element by element: judged by people, proposed by notes.',
  routing: 'Who gets which lead: reps, teams, territories and leave; rules in versions, what they would do, what they did, and who waits.',
  enrichment: 'What others know of leads: whom a tenant asks, and what it filled.',
  customers: 'Who buys: the number and status of a contact with its account.',
  accounts: 'Companies, and people who buy for themselves.',
  contacts: 'The people of accounts.',
  opportunities: 'Deals with customers: stages, wins and losses, who has a say in them, and which touches they are owed to.',
  campaigns: 'What leads came by, and what it cost.',
  connectors: 'Ways in for other systems: webhooks of vendors, inbound e-mail and calls, hand-offs of marketing.',
  'scoring models': 'How leads are scored, as versions of a document: drafted, tried, activated, taken back.',
  setup: "How a tenant's leads are routed, scored and counted for a channel.",
  tenants: 'Tenants with their settings, for whoever runs the installation and for their own admins.',
  'api keys': 'Credentials of systems.',
  operations: 'Events that a service could not handle, and saying state again: for whoever runs the installation.',
} as const;
