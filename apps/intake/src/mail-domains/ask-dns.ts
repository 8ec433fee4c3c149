import { Resolver } from 'node:dns/promises';

/** Long enough for a server on the other side of the world, asked once. */
const WITHIN_MS = 2_000;
const HOUR = 3_600_000;
const KNOWN_FOR_MS = 24 * HOUR;
/** Who gave no answer is asked again then. */
const UNKNOWN_FOR_MS = HOUR / 12;
const MOST_KNOWN = 20_000;

/** No such name, or none of its records of this type. */
const NOTHING = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks DNS whether a domain takes mail, and remembers what it said. */
export class AskDns {
  private readonly resolver = new Resolver({ timeout: WITHIN_MS, tries: 1 });
  /** in the order in which they were asked */
  private readonly known = new Map<string, { takesMail: boolean | null; until: number }>();

  /** @param servers as `10.0.0.2` or `10.0.0.2:53`, or `system` for those of the machine; with commas between them */
  constructor(servers: string) {
    if (servers !== 'system') this.resolver.setServers(servers.split(',').map((server) => server.trim()));
  }

  /** Whether mail to it can be delivered by RFC 5321 5.1 and RFC 7505: null when nobody said. @param domain in ASCII */
  async takesMail(domain: string): Promise<boolean | null> {
    const known = this.known.get(domain);
    if (known && known.until > Date.now()) return known.takesMail;
    const takesMail = await this.ask(domain);
    this.known.delete(domain);
    this.known.set(domain, { takesMail, until: Date.now() + (takesMail === null ? UNKNOWN_FOR_MS : KNOWN_FOR_MS) });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MOST_KNOWN) break;
      this.known.delete(oldest);
    }
    return takesMail;
  }

  private async ask(domain: string): Promise<boolean | null> {
    const exchanges = await found(this.resolver.resolveMx(domain));
    if (exchanges === null) return null;
    // A single one without a name says that there is none; without any, the host itself takes mail.
    if (exchanges.length > 0) return exchanges.some(({ exchange }) => exchange !== '' && exchange !== '.');
    const addresses = await Promise.all([found(this.resolver.resolve4(domain)), found(this.resolver.resolve6(domain))]);
    if (addresses.some((some) => some && some.length > 0)) return true;
    return addresses.includes(null) ? null : false;
  }
}

/** What was found: an empty list where there is nothing, null where nobody said. */
async function found<T>(answer: Promise<T[]>): Promise<T[] | null> {
  try {
    return await answer;
  } catch (error) {
    return NOTHING.has((error as NodeJS.ErrnoException).code ?? '') ? [] : null;
  }
}
