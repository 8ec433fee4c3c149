import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@headwater/platform';
import { compileGates, DEFAULT_POLICY, type Gates } from '../domain/assessing/gate-policy';
import { BUILT_IN, type NamedFramework } from '../domain/assessing/frameworks';
import { FrameworksStore } from '../store/frameworks.store';

type Queries = Pick<Tx, 'query'>;

/** How a tenant judges leads at the moment. */
export interface InForce {
  /** by name; the built-in ones among them */
  frameworks: ReadonlyMap<string, NamedFramework>;
  gates: Gates;
}

const MOST_REMEMBERED = 500;

/** Frameworks and gates of each tenant. Which version is in force is asked each time; a version is read and made ready once. */
@Injectable()
export class FrameworksInForce {
  private readonly known = new Map<string, Promise<unknown>>();
  private readonly builtIn: InForce = { frameworks: BUILT_IN, gates: compileGates({ version: 0, document: DEFAULT_POLICY }) };

  constructor(private readonly database: Database, private readonly store: FrameworksStore) {}

  async of(tenant: string, queries: Queries = this.database): Promise<InForce> {
    const { policy, frameworks } = await this.store.versions(queries, tenant);
    const own = Object.entries(frameworks);
    if (policy === 0 && own.length === 0) return this.builtIn;
    const all = new Map(BUILT_IN);
    for (const [name, version] of own) all.set(name, await this.framework(queries, tenant, name, version));
    return {
      frameworks: all,
      gates: policy === 0 ? this.builtIn.gates : await this.gates(queries, tenant, policy),
    };
  }

  private framework(queries: Queries, tenant: string, name: string, version: number): Promise<NamedFramework> {
    return this.once(`framework ${tenant} ${name} ${version}`, async () => {
      const stored = await this.store.framework(queries, tenant, name, version);
      if (!stored) throw new Error(`Version ${version} of the framework ${name} of ${tenant} is gone`);
      return { name, version, document: stored.document };
    });
  }

  private gates(queries: Queries, tenant: string, version: number): Promise<Gates> {
    return this.once(`gates ${tenant} ${version}`, async () => {
      const stored = await this.store.policy(queries, tenant, version);
      if (!stored) throw new Error(`Version ${version} of the gate policy of ${tenant} is gone`);
      return compileGates(stored);
    });
  }

  private once<Ready>(key: string, read: () => Promise<Ready>): Promise<Ready> {
    const known = this.known.get(key) as Promise<Ready> | undefined;
    if (known) return known;
    const ready = read();
    if (this.known.size >= MOST_REMEMBERED) this.known.delete(this.known.keys().next().value!);
    this.known.set(key, ready);
    ready.catch(() => this.known.delete(key));
    return ready;
  }
}
