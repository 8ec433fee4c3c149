import { CheckMailDomains } from './check-mail-domains';

/** Whether the domains of addresses take mail. */
export const MAIL_DOMAINS = { providers: [CheckMailDomains] };
