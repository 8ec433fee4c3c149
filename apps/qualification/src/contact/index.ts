import { ContactAttemptsStore } from '../store/contact-attempts.store';
import { ContactController } from './contact.controller';
import { ListContactAttempts } from './list-contact-attempts';
import { LogContactAttempts } from './log-contact-attempt';

/** How leads are tried to be reached, and what follows from it. */
export const CONTACT = { controllers: [ContactController], providers: [ContactAttemptsStore, LogContactAttempts, ListContactAttempts] };
