import { DomainError, SECRET_PREFIX, type FieldError } from '@headwater/contracts';
import { connectorNamed, wrongFields, type Connector } from '@headwater/inlets';
import { compileValidator, type Validator } from '@headwater/platform';

type Settings = Record<string, unknown>;

/** Compiled when a connector of the kind is first set up. */
const validators = new Map<string, Validator<object>>();
function validatorOf({ name, options }: Connector): Validator<object> {
  const known = validators.get(name) ?? compileValidator(options, { closed: true });
  validators.set(name, known);
  return known;
}

/** The settings of a connector: its kind, options as the kind has them, and secrets, which are sealed. @throws DomainError `invalid` */
export function checkConnector(settings: object): Settings {
  const { connector: kind, options = {}, ...sealed } = settings as Settings;
  const connector = typeof kind === 'string' ? connectorNamed(kind) : undefined;
  if (!connector) throw DomainError.invalidField('kind', 'unknown_value', 'kind must be one of those that GET /connectors/kinds lists');
  const checked = checkOptions(connector, options as object);
  const required = [...namesOfRequired(connector), ...connector.requires?.(checked) ?? []];
  const missing = required.filter((name) => sealed[SECRET_PREFIX + name] === undefined);
  if (missing.length > 0) {
    throw DomainError.invalid(missing.map((name) => ({ field: `secrets.${name}`, code: 'required', detail: `secrets.${name} is required` })));
  }
  return { connector: kind, options: checked, ...sealed };
}

const namesOfRequired = ({ secrets }: Connector): string[] =>
  Object.entries(secrets).filter(([, { required }]) => required).map(([name]) => name);

function checkOptions(connector: Connector, options: object): Settings {
  let valid: object;
  try {
    valid = validatorOf(connector)(options);
  } catch (error) {
    if (error instanceof DomainError && error.body.errors) throw DomainError.invalid(error.body.errors.map(withinOptions));
    throw error;
  }
  const wrong = [...wrongFields(valid), ...connector.check?.(valid) ?? []];
  if (wrong.length > 0) throw DomainError.invalid(wrong);
  return valid as Settings;
}

const withinOptions = ({ field, detail, ...error }: FieldError): FieldError => ({ ...error, field: `options.${field}`, detail: `options.${detail}` });
