import type { CompanyKeys } from '../new-records';

/** Under which two leads of one person or company that convert at once wait for each other. */
export const lockNames = (tenant: string, email: string | null, { domain, name, country }: CompanyKeys): string[] => [
  ...(email ? [`conversion e-mail ${tenant} ${email}`] : []),
  ...(domain ? [`conversion domain ${tenant} ${domain}`] : []),
  ...(name ? [`conversion company ${tenant} ${country ?? '-'} ${name}`] : []),
];
