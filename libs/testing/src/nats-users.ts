import { SERVICES, type Service } from '@headwater/contracts';
import { NATS_USERS, natsUrl, type NatsPasswords, type RunningServer } from '@headwater/embedded';

type User = Service | (typeof NATS_USERS)[number];

const passwordOf = (user: User): string => `tests-${user}`;

/** For a server with the permissions of production. */
export const NATS_PASSWORDS = Object.fromEntries([...SERVICES, ...NATS_USERS].map((user) => [user, passwordOf(user)])) as NatsPasswords;

/** How a user reaches a server that was started with `NATS_PASSWORDS`. */
export const natsUrlOf = ({ port }: Pick<RunningServer, 'port'>, user: User): string => natsUrl(port, { user, password: passwordOf(user) });
