import { join } from 'node:path';
import {
  allEvents, eventSubject, GetAssignments, GetLeads, GetScores, GetSetup, LANES, LockAssignment, LockLead, LockScore, PutSetup, ReserveLead, SERVICES, SettleLead,
  type EventDefinition, type Service,
} from '@headwater/contracts';
import { consumerControlSubject, durableOf, SPOOL, SPOOL_SUBJECT, STREAM, STREAMS } from '@headwater/messaging';
import { changed, type Stale } from './documents';
import { readConduct, type Conduct } from './read-conduct';

const FILE = join('deploy', 'nats', 'permissions.conf');

interface Permissions {
  publish: string[];
  denied?: string[];
  subscribe: string[];
}

/** What services of the release before ask and these don't: both run side by side during an upgrade. To be emptied with the next release. */
const ASKED_BEFORE: Partial<Record<Service, readonly { subject: string }[]>> = {
  gateway: [GetSetup, PutSetup],
  conversion: [GetLeads, LockLead, ReserveLead, SettleLead, GetAssignments, LockAssignment, GetScores, LockScore],
};

const HEAD = `\
# Who may do what on NATS: a user for each service, named as it is. Include it in a server's configuration; the passwords come from
# the server's environment. Made by \`npm run contracts\` from what the services publish, ask and listen to: not for editing.
`;

export const stalePermissions = (repository: string): Stale[] =>
  changed(repository, new Map([[FILE, natsPermissions((service) => withFormer(service, readConduct(repository, service)))]]));

const withFormer = (service: Service, conduct: Conduct): Conduct =>
  ({ ...conduct, asks: [...new Set([...conduct.asks, ...(ASKED_BEFORE[service] ?? []).map(({ subject }) => subject)])].sort() });

function natsPermissions(conductOf: (service: Service) => Conduct): string {
  const conducts = new Map(SERVICES.map((service) => [service, conductOf(service)]));
  const durables = [...conducts].flatMap(([service, { consumes }]) => durablesOf(service, consumes).map(({ name }) => name));
  const users = [
    '    # For tools and people: everything.\n    { user: admin, password: $NATS_ADMIN_PASSWORD }',
    `    # For readers from outside: all events, with consumers of their own.\n${userBlock('consumer', consumerPermissions(durables))}`,
    ...[...conducts].map(([service, conduct]) => userBlock(service, permissionsOf(service, conduct, askersOf(service, conducts)))),
  ];
  return `${HEAD}authorization {\n  users: [\n${users.join('\n')}\n  ]\n}\n`;
}

const askersOf = (service: Service, conducts: ReadonlyMap<Service, Conduct>): string[] =>
  ['admin', ...SERVICES.filter((asker) => conducts.get(asker)!.asks.some((subject) => subject.startsWith(`${service}.`)))];

/**
 * @param askers whom the service answers: into any of their inboxes, since `allow_responses` has the server remember every message
 *   that it delivers, acknowledgements included, and search through all of them (measured: four times its processor time)
 */
function permissionsOf(service: Service, { asks, consumes, hears, putsOnSpool, takesFromSpool }: Conduct, askers: string[]): Permissions {
  const published = allEvents().filter(({ publishers }) => publishers.includes(service));
  const streams = STREAMS.filter(({ users }) => users.includes(service)).map(({ name }) => name);
  return {
    publish: [
      ...published.flatMap((event) => LANES.map((lane) => eventSubject(event, '*', lane))),
      ...asks,
      ...askers.map(inboxOf),
      ...(putsOnSpool ? [`${SPOOL_SUBJECT}.*.*`] : []),
      '$JS.API.INFO',
      ...streams.flatMap((stream) => [`$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.CREATE.${stream}`]),
      ...durablesOf(service, consumes).flatMap(({ name, filter }) => useOf(STREAM, name, filter)),
      ...(takesFromSpool ? [...useOf(SPOOL, `${service}_spool`, `${SPOOL_SUBJECT}.>`), `$JS.API.STREAM.PURGE.${SPOOL}`] : []),
    ],
    subscribe: [
      `${service}.* ${service}`, consumerControlSubject(service), ...hears.map((event) => eventSubject(event, '*', 'live')), inboxOf(service),
    ],
  };
}

function durablesOf(service: Service, consumed: EventDefinition[]): { name: string; filter: string }[] {
  return consumed.flatMap((event) => LANES.map((lane) => ({ name: durableOf(service, event, lane), filter: eventSubject(event, '*', lane) })));
}

const useOf = (stream: string, durable: string, filter: string): string[] => [
  `$JS.API.CONSUMER.CREATE.${stream}.${durable}.${filter}`, `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`, `$JS.ACK.${stream}.${durable}.>`,
];

/** A wildcard can't tell durables by the beginning of their names: those of the services are excepted one by one. */
function consumerPermissions(durables: string[]): Permissions {
  return {
    publish: [
      '$JS.API.INFO', '$JS.API.STREAM.NAMES', `$JS.API.STREAM.INFO.${STREAM}`, `$JS.API.CONSUMER.CREATE.${STREAM}.>`,
      ...['DURABLE.CREATE', 'INFO', 'MSG.NEXT', 'DELETE'].map((call) => `$JS.API.CONSUMER.${call}.${STREAM}.*`), `$JS.ACK.${STREAM}.>`,
    ],
    denied: durables.flatMap((durable) => [
      `$JS.API.CONSUMER.*.${STREAM}.${durable}`, `$JS.API.CONSUMER.*.*.${STREAM}.${durable}`,
      `$JS.API.CONSUMER.CREATE.${STREAM}.${durable}.>`, `$JS.ACK.${STREAM}.${durable}.>`,
    ]),
    subscribe: ['crm.>', inboxOf('consumer')],
  };
}

/** Of its own: with one for all, each could read what the others are answered. */
const inboxOf = (user: string): string => `_INBOX_${user}.>`;

function userBlock(user: string, { publish, denied, subscribe }: Permissions): string {
  const list = (subjects: string[]): string => `[\n${subjects.map((subject) => `          "${subject}"`).join('\n')}\n        ]`;
  return [
    '    {',
    `      user: ${user}, password: $NATS_${user.toUpperCase()}_PASSWORD`,
    '      permissions: {',
    `        publish: { allow: ${list(publish)}${denied ? `, deny: ${list(denied)}` : ''} }`,
    `        subscribe: { allow: ${list(subscribe)} }`,
    '      }',
    '    }',
  ].join('\n');
}
