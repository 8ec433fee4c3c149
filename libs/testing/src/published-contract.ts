import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { allEvents, type Envelope } from '@headwater/contracts';
import { compileValidator, type Validator } from '@headwater/platform';

const SCHEMAS = join(__dirname, '..', '..', '..', 'docs', 'events', 'schemas');
/** Each is compiled when the first of its kind is seen: all of them take a second, and a test sees a few. */
const compiled = new Map<string, ValidateFunction>();
const ours = new Map<string, Validator<object> | undefined>();

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

/** Holds what an event says to the class that declares it, with nothing undeclared. @throws DomainError `invalid` */
export function checkAgainstOurs({ type, data }: Envelope): void {
  if (!ours.has(type)) {
    const event = allEvents().find((one) => one.type === type);
    ours.set(type, event && compileValidator(event.data, { closed: true }));
  }
  ours.get(type)?.(data);
}
