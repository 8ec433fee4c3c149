import { num } from 'envalid';
import { parseEnvironment, type Environment } from '@headwater/platform';

/** What conversion reads besides what every service does. */
export const conversionVariables = {
  CONVERSION_LEASE_SECONDS: num({
    default: 30, desc: 'seconds for which a lead is left to its converter: longer than all of its steps may take together. After a crash the lead is free when they are over',
  }),
};

/** @throws ConfigurationError */
export const conversionConfig = (environment: Environment) => parseEnvironment(environment, conversionVariables);

export type ConversionConfig = ReturnType<typeof conversionConfig>;
export const CONVERSION_CONFIG = Symbol('conversion config');
