import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { natsPermissions } from './nats-permissions';
import { readConduct } from './read-conduct';

const REPOSITORY = resolve(__dirname, '..', '..', '..');

writeFileSync(join(REPOSITORY, 'deploy', 'nats', 'permissions.conf'), natsPermissions((service) => readConduct(REPOSITORY, service)));
