const { join } = require('node:path');

/** Matches libs however an import of them was resolved: into their folders, or, while nothing is built, not at all. */
const libs = (...names) => `^(libs/(${names.join('|')})/|@headwater/(${names.join('|')})(/|$))`;

const npm = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/|^(${names.join('|')})(/|$)`;

const SPEC = '[.]spec[.]ts$';
const TESTS = [SPEC, '^(apps|libs)/[^/]+/test/', '^tools/test/'];

/** Libs and the libs that each may import. `rules`, `matching` and `inlets` have rules of their own; `testing` may import every lib. */
const LAYERS = { contracts: [], platform: ['contracts'], messaging: ['contracts', 'platform'], embedded: [] };
const LIBS = [...Object.keys(LAYERS), 'rules', 'matching', 'inlets', 'notes', 'testing'];
const PRODUCTION = LIBS.filter((lib) => !['embedded', 'testing'].includes(lib));

const layering = Object.entries(LAYERS).map(([lib, below]) => ({
  name: `libs-layering-${lib}`,
  comment: `${lib} may import ${below.length > 0 ? below.join(' and ') : 'no other lib'}.`,
  from: { path: `^libs/${lib}/`, pathNot: TESTS },
  to: { path: libs(...PRODUCTION), pathNot: libs(lib, ...below) },
}));

const forbidden = [
  {
    name: 'domain-is-pure',
    comment: 'A domain knows itself, the shared language, rules, matching, notes, and a few libraries that only compute.',
    from: { path: '^apps/([^/]+)/src/domain/', pathNot: SPEC },
    to: {
      pathNot: [
        '^apps/$1/src/domain/',
        libs('contracts', 'inlets', 'matching', 'notes', 'rules'),
        npm('chardet', 'csv-parse', 'date-holidays', 'iconv-lite', 'disposable-email-domains(-js)?', 'email-providers', 'htmlparser2', 'ipaddr[.]js', 'libphonenumber-js', 'luxon', 'mustache', 'tldts', 'validator'),
      ],
    },
  },
  {
    name: 'no-cross-service',
    comment: 'Services speak over NATS; none is imported by another, nor by tools.',
    from: { path: '^(apps/[^/]+|tools)/' },
    to: { path: '^(apps/|@headwater/)', pathNot: ['^$1/', libs(...LIBS)] },
  },
  {
    name: 'store-is-below-use-cases',
    comment: 'A use case calls its store, never the other way round.',
    from: { path: '^apps/([^/]+)/src/store/', pathNot: SPEC },
    to: { path: '^apps/$1/src/[^/]+[.]ts$' },
  },
  {
    name: 'use-case-is-below-controllers',
    comment: 'Controllers, subscriptions and modules call use cases, which know none of them.',
    from: {
      path: '^apps/[^/]+/src/[^/]+[.]ts$',
      pathNot: [SPEC, '/main[.]ts$', '[.](controller|module|subscriptions)[.]ts$'],
    },
    to: { path: '[.](controller|module|subscriptions)[.]ts$' },
  },
  ...layering,
  {
    name: 'libs-below-apps',
    comment: 'A lib knows neither apps nor tools.',
    from: { path: '^libs/' },
    to: { path: '^(apps/|tools/|@headwater/)', pathNot: libs(...LIBS) },
  },
  {
    name: 'rules-stand-alone',
    comment: '@headwater/rules imports nothing from outside itself.',
    from: { path: '^libs/rules/src/', pathNot: SPEC },
    to: { pathNot: '^libs/rules/src/' },
  },
  {
    name: 'matching-stands-alone',
    comment: '@headwater/matching imports nothing from outside itself but any-ascii, which only computes.',
    from: { path: '^libs/matching/src/', pathNot: SPEC },
    to: { pathNot: ['^libs/matching/src/', npm('any-ascii')] },
  },
  {
    name: 'inlets-only-compute',
    comment: '@headwater/inlets knows itself, the shared language, and a few libraries that only compute.',
    from: { path: '^libs/inlets/src/', pathNot: SPEC },
    to: { pathNot: ['^libs/inlets/src/', libs('contracts'), npm('i18n-iso-countries', 'json-p3', 'standardwebhooks', 'uuid'), '^crypto$'] },
  },
  {
    name: 'notes-only-compute',
    comment: '@headwater/notes knows itself, how numbers are read, and a library for dates.',
    from: { path: '^libs/notes/src/', pathNot: SPEC },
    to: { pathNot: ['^libs/notes/src/', libs('inlets'), npm('chrono-node')] },
  },
  {
    name: 'no-deep-imports',
    comment: 'A lib is imported by its name, @headwater/<name>; what it does not export is its own.',
    from: { path: '^((?:apps|libs)/[^/]+|tools)/' },
    to: { path: '^(libs/|@headwater/[^/]+/)', pathNot: ['^$1/', '^libs/[^/]+/dist/index[.]'] },
  },
  {
    name: 'no-tests-in-production',
    comment: 'Only specs and test folders import specs, test folders or @headwater/testing.',
    from: { path: '^(apps|libs|tools)/', pathNot: [...TESTS, '^libs/testing/'] },
    to: { path: [...TESTS, libs('testing')] },
  },
  {
    name: 'no-servers-in-services',
    comment: 'Only tests and tools start PostgreSQL and NATS, with @headwater/embedded.',
    from: { path: '^(apps|libs)/', pathNot: [...TESTS, '^libs/(embedded|testing)/'] },
    to: { path: libs('embedded') },
  },
  {
    name: 'no-circular',
    comment: 'Two files that import each other are one file, or need a third.',
    from: {},
    to: { circular: true },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(__dirname, 'tsconfig.base.json') },
    doNotFollow: { path: ['(^|/)node_modules/', '(^|/)dist/'] },
  },
};
