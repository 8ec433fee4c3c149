import { DomainError, FormSettings, type InletKind } from '@headwater/contracts';
import { checkForm } from '@headwater/inlets';
import { compileValidator } from '@headwater/platform';
import { checkConnector } from './check-connector';

type Settings = Record<string, unknown>;

const validForm = compileValidator(FormSettings, { closed: true });

/** What each kind wants of its settings. @throws DomainError `invalid` with every field that is wrong */
const CHECKS: Readonly<Partial<Record<InletKind, (settings: object) => Settings>>> = {
  connector: checkConnector,
  form: (settings) => {
    const form = validForm(settings);
    const errors = checkForm(form);
    if (errors.length) throw DomainError.invalid(errors);
    return form as Settings;
  },
};

/** The settings as they are kept. @throws DomainError `invalid` as their kind refuses them */
export function checkSettings(kind: InletKind, settings: object): Settings {
  const check = CHECKS[kind];
  if (!check) throw DomainError.invalidField('kind', 'unknown_value', `There are no inlets of the kind ${kind} here`);
  return check(settings);
}
