import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Envelope } from '@headwater/contracts';

const SCHEMAS = join(__dirname, '..', '..', '..', 'docs', 'events', 'schemas');
const compiled = new Map<string, ValidateFunction>();

/** Holds a message to the schema that outside consumers are given for its subject. @throws with what is wrong */
export function checkAgainstPublished(subject: string, envelope: Envelope): void {
  const [, tenant, , ...event] = subject.split('.');
  const name = event.join('.');
  if (envelope.tenantid !== tenant) throw new Error(`an event of ${envelope.tenantid} travelled under ${subject}`);
  const validate = compiled.get(name) ?? compile(name);
  if (validate(envelope)) return;
  const faults = validate.errors!.map(({ instancePath, message }) => `${instancePath || 'the envelope'} ${message}`);
  throw new Error(`docs/events/schemas/${name}.json: ${faults.join('; ')}`);
}

function compile(name: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  addFormats(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(SCHEMAS, `${name}.json`), 'utf8')) as object);
  compiled.set(name, validate);
  return validate;
}
