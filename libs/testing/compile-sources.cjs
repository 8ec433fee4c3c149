// Preloaded by the services that tests run as processes of their own: they run on the sources, compiled as jest does it,
// so that none passes or fails on a stale build.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const ROOT = join(__dirname, '../..');
const { projects: [{ transform }] } = require(join(ROOT, 'jest.config.cjs'));
const [[, options]] = Object.values(transform);

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename, swcrc: false, sourceMaps: 'inline' });
  module._compile(code, filename);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => {
  const [, lib] = /^@headwater\/([^/]+)$/.exec(request) ?? [];
  return resolve(lib ? join(ROOT, 'libs', lib, 'src/index.ts') : request, ...rest);
};
