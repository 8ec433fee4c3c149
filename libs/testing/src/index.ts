export * from './builders';
export * from './cell';
export { createTestDatabase, urlOfService } from './database';
export { certificateAuthority, type Authority, type KeyPair } from './certificates';
export * from './eventually';
export { metric } from './metric';
export { NATS_PASSWORDS, natsUrlOf } from './nats-users';
export * from './trace-collector';
export { startPostgres, type RunningServer } from '@headwater/embedded';
