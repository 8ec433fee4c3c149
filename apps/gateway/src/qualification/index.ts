import { CommandsController } from './commands.controller';
import { ContactAttemptsController } from './contact-attempts.controller';

/** What people do with the status of a lead. */
export const QUALIFICATION = { controllers: [CommandsController, ContactAttemptsController] };
