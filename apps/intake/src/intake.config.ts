import { isIP } from 'node:net';
import { makeValidator, num, str } from 'envalid';
import { parseEnvironment, sealingVariables, type Environment } from '@headwater/platform';
import { readNamedHosts } from './domain/enrichment/named-hosts';

const namedHosts = makeValidator(readNamedHosts);

/** Addresses, each with a port or without: `[2001:db8::1]:53` for those with colons. */
const dnsServers = makeValidator((text) => {
  const hosts = text.split(',').map((server) => server.trim().replace(/^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/, '$1$2'));
  if (text !== 'system' && !hosts.every((host) => isIP(host) !== 0)) throw new Error('is neither a list of addresses nor system');
  return text;
});

/** What intake reads besides what every service does. */
export const intakeVariables = {
  ...sealingVariables,
  CONNECTOR_HOSTS: namedHosts({
    default: undefined, desc: 'hosts that connectors may fetch records from although their addresses are not public, or at another port than 80 and 443: '
      + 'name, name:port or name=address:port, with commas between them',
  }),
  ENRICHMENT_CONCURRENCY: num({ default: 4, desc: 'leads that a replica enriches at the same time; 0 leaves it to other replicas' }),
  ENRICHMENT_SERVICES: namedHosts({
    default: undefined, desc: 'hosts that providers of the kind http_json may ask although their addresses are not public, or at another port than 80 and 443: '
      + 'name, name:port or name=address:port, with commas between them',
  }),
  ENRICHMENT_SITES: namedHosts({
    default: undefined, desc: 'the same for websites of companies. Whoever sends a lead chooses which of them is read: in production there is no reason to name one',
  }),
  ENRICHMENT_USER_AGENT: str({
    default: 'Mozilla/5.0 (compatible; HeadwaterBot/1.0)', desc: 'how enrichment introduces itself; an address to complain to belongs into it',
  }),
  MX_RESOLVERS: dnsServers({
    default: undefined, desc: 'DNS servers that are asked whether the domain of an e-mail takes mail, after the answer: 10.0.0.2 or 10.0.0.2:53, with commas '
      + 'between them, or system for those of the machine; absent: nobody is asked',
  }),
  IMPORT_MB_PER_TENANT: num({ default: 10_240, desc: 'megabytes of files to import that a tenant may have here at a time' }),
  IMPORT_EVENTS_PER_SECOND: num({
    default: 300, desc: 'events of imports that a replica announces each second while it works on one; what is left follows when it is done. More let leads be scored and routed earlier, and take the time from the import where both share processors',
  }),
  IMPORT_KEEP_DAYS: num({ default: 7, desc: 'days after which the file of an import that has ended is deleted' }),
};

/** @throws ConfigurationError */
export const intakeConfig = (environment: Environment) => parseEnvironment(environment, intakeVariables);

export type IntakeConfig = ReturnType<typeof intakeConfig>;
export const INTAKE_CONFIG = Symbol('intake config');
