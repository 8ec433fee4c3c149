export * from './builders';
export * from './cell';
export * from './embedded';
export * from './eventually';
export { metric } from './metric';
