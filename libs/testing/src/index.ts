export * from './builders';
export * from './cell';
export { createTestDatabase, urlOfService } from './database';
export * from './eventually';
export { metric } from './metric';
export { startPostgres, type RunningServer } from '@headwater/embedded';
