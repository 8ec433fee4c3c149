import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

const SPECS = ['**/*.spec.ts', '{apps,libs}/*/test/**', 'tools/test/**', 'test/**'];

const CLOCK = 'The domain has no clock: take the time as an argument.';
const CHANCE = 'The domain has no randomness: take ids and random numbers as arguments.';
const WAITING = 'The domain does not wait: load before, decide here, store after.';

/** What pure code may not say, as selectors of the syntax tree. */
const impureSyntax = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: CLOCK },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
  { selector: "CallExpression[callee.name='Date']", message: CLOCK },
  { selector: "MemberExpression[object.name='DateTime'][property.name='now']", message: CLOCK },
  {
    selector: "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(local|utc)$/][arguments.length=0]",
    message: CLOCK,
  },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: CHANCE },
  { selector: "Identifier[name='randomUUID']", message: CHANCE },
  { selector: ':function[async=true]', message: WAITING },
  { selector: 'AwaitExpression', message: WAITING },
  { selector: 'ForOfStatement[await=true]', message: WAITING },
];

const impureGlobals = [
  { name: 'performance', message: CLOCK },
  { name: 'process', message: 'The domain does not know the process that it runs in.' },
  { name: 'crypto', message: CHANCE },
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({ name, message: WAITING })),
];

const ENVIRONMENT = 'The environment is read once, by the configuration in @headwater/platform.';
const environmentProperty = { object: 'process', property: 'env', message: ENVIRONMENT };
const environmentImport = { name: 'node:process', importNames: ['default', 'env'], message: ENVIRONMENT };

const databaseImport = {
  regex: '^(typeorm|@nestjs/typeorm)(/|$)',
  message: 'Only a store speaks to the database; a use case passes on the Tx of @headwater/platform.',
};
const outsideImport = { regex: '^(?!\\./)', message: '@headwater/rules imports nothing from outside itself.' };

const nodeGlobals = [...Object.getOwnPropertyNames(globalThis), '__dirname'];

const imports = (restricted) => ({ 'no-restricted-imports': ['error', restricted] });

export default defineConfig(
  { ignores: ['**/dist/', '**/.*/', 'coverage/', 'test/boundaries/fixtures/'] },

  // No comment switches a rule off: an exception is written in this file, where everyone sees it.
  { linterOptions: { noInlineConfig: true } },

  { extends: [js.configs.recommended], rules: { eqeqeq: ['error', 'always', { null: 'ignore' }] } },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.recommended],
    rules: { '@typescript-eslint/no-unused-vars': 'off' }, // tsc's noUnusedLocals and noUnusedParameters say it
  },
  {
    files: ['**/*.{cjs,mjs}'],
    languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) },
  },

  // A promise that nobody waits for is the one mistake that pays for reading the types: lost work, and tests that pass.
  {
    files: ['**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': 'error', '@typescript-eslint/no-misused-promises': 'error' },
    languageOptions: { parserOptions: { project: 'tsconfig.check.json' } },
  },
  { files: SPECS, rules: { '@typescript-eslint/no-explicit-any': 'off' } }, // answers as they came over the wire

  {
    files: ['apps/*/src/domain/**', 'libs/{inlets,matching,notes,rules}/src/**'],
    ignores: SPECS,
    rules: { 'no-restricted-syntax': ['error', ...impureSyntax], 'no-restricted-globals': ['error', ...impureGlobals] },
  },
  {
    files: ['apps/**', 'libs/**'],
    ignores: ['libs/{embedded,platform,testing}/**'],
    rules: { 'no-restricted-properties': ['error', environmentProperty] },
  },
  { files: ['apps/*/src/**', 'libs/{contracts,inlets,matching,messaging,notes,platform,rules}/src/**'], rules: { 'no-console': 'error' } },

  { files: ['apps/**', 'libs/contracts/**'], rules: imports({ paths: [environmentImport], patterns: [databaseImport] }) },
  { files: ['apps/*/src/store/**', 'libs/messaging/**'], rules: imports({ paths: [environmentImport] }) },
  { files: ['libs/{embedded,testing}/**', 'tools/**', 'test/**'], rules: imports({ patterns: [databaseImport] }) },
  { files: ['libs/rules/src/**'], ignores: SPECS, rules: imports({ patterns: [outsideImport] }) },
);
