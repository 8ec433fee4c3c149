export * from './builders';
export * from './cell';
export * from './eventually';
export { metric } from './metric';
export { startPostgres, type RunningServer } from '@headwater/embedded';
