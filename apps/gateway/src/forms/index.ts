import { FormDoorController } from './form-door.controller';
import { FormsController } from './forms.controller';
import { TakeForm } from './take-form';

/** Web forms: setting them up, and taking in what they send. */
export const FORMS = { controllers: [FormsController, FormDoorController], providers: [TakeForm] };
