const { join } = require('node:path');

const swc = ['@swc/jest', {
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'commonjs' },
}];
/** They load node:http with `import()`, or are modules themselves, which jest knows only where it is compiled away. */
const IMPORTING = '(@opentelemetry/otlp-exporter-base/build/src|any-ascii)/';

const shared = {
  rootDir: __dirname,
  roots: ['apps', 'libs', 'tools', 'test'].map((folder) => join(__dirname, folder)),
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': swc, [`/node_modules/${IMPORTING}`]: swc },
  transformIgnorePatterns: [`/node_modules/(?!${IMPORTING})`],
  // Tests run on the sources, so that none passes or fails on a stale build.
  moduleNameMapper: { '^@headwater/([^/]+)$': '<rootDir>/libs/$1/src' },
  modulePathIgnorePatterns: ['<rootDir>/(apps/[^/]+|libs/[^/]+|tools)/dist/', '<rootDir>/test/boundaries/fixtures/'],
};

/** On real PostgreSQL and NATS. */
const integration = {
  ...shared,
  globalSetup: '<rootDir>/test/int/global-setup.ts',
  globalTeardown: '<rootDir>/test/int/global-teardown.ts',
};

/** Whoever hangs is given up then. What a test waits for has a bound of its own; a machine that others use, too, may take long for all of it. */
const within = (ms) => ({ globals: { TEST_TIMEOUT_MS: ms }, setupFilesAfterEnv: ['<rootDir>/test/timeout.ts'] });

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e|ops)\\.spec\\.ts$'],
      globalSetup: '<rootDir>/test/unit/global-setup.ts',
      ...within(30_000),
    },
    {
      ...integration,
      displayName: 'int',
      testMatch: ['**/*.int.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(image|kills)/'],
      ...within(60_000),
    },
    {
      ...integration,
      displayName: 'kills',
      testMatch: ['<rootDir>/test/kills/*.int.spec.ts'],
      ...within(60_000),
    },
    {
      ...integration,
      displayName: 'image',
      testMatch: ['<rootDir>/test/image/*.int.spec.ts'],
      ...within(60_000),
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['**/*.e2e.spec.ts'],
      globalSetup: '<rootDir>/test/e2e/global-setup.ts',
      globalTeardown: '<rootDir>/test/e2e/global-teardown.ts',
      ...within(60_000),
    },
    {
      ...shared,
      displayName: 'ops',
      testMatch: ['**/*.ops.spec.ts'],
      ...within(180_000),
    },
  ],
};
