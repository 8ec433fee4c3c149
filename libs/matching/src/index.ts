export * from './candidates';
export * from './agree';
export * from './matcher';
export * from './frequencies';
export * from './keys';
export * from './kind';
export { KINDS } from './kinds';
export * from './learn';
export * from './model';
