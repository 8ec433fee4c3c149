// jest reads testTimeout from its command line or for all projects together, not from one project.
declare const TEST_TIMEOUT_MS: number;

jest.setTimeout(TEST_TIMEOUT_MS);
