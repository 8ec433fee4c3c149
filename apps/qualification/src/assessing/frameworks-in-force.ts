import { Injectable } from '@nestjs/common';
import type { Framework, GatePolicy } from '@headwater/contracts';
import { Database, type Queries } from '@headwater/platform';
import { compileGates, DEFAULT_POLICY, type Gates } from '../domain/assessing/gate-policy';
import { BUILT_IN, type NamedFramework } from '../domain/assessing/frameworks';
import { ReadyDocuments } from '../ready-documents';
import { FrameworksStore } from '../store/frameworks.store';

/** How a tenant judges leads at the moment. */
export interface InForce {
  /** by name; the built-in ones among them */
  frameworks: ReadonlyMap<string, NamedFramework>;
  gates: Gates;
}

const BUILT_IN_ALONE: InForce = { frameworks: BUILT_IN, gates: compileGates({ version: 0, document: DEFAULT_POLICY }) };

/** Frameworks and gates of each tenant. Which version is in force is asked each time; a version is read and made ready once. */
@Injectable()
export class FrameworksInForce {
  private readonly frameworks: ReadyDocuments<Framework, NamedFramework>;
  private readonly gates: ReadyDocuments<GatePolicy, Gates>;

  constructor(private readonly database: Database, private readonly store: FrameworksStore) {
    this.frameworks = new ReadyDocuments(
      (queries, keys) => store.frameworksAt(queries, keys), ({ name, version, document }) => ({ name: name as string, version, document }));
    this.gates = new ReadyDocuments((queries, keys) => store.policiesAt(queries, keys), compileGates);
  }

  async of(tenant: string, queries: Queries = this.database): Promise<InForce> {
    const { policy, frameworks } = await this.store.versions(queries, tenant);
    const own = Object.entries(frameworks).map(([name, version]) => ({ tenant, name, version }));
    if (policy === 0 && own.length === 0) return BUILT_IN_ALONE;
    const all = new Map(BUILT_IN);
    for (const framework of await this.frameworks.of(queries, own)) all.set(framework.name, framework);
    const [gates = BUILT_IN_ALONE.gates] = await this.gates.of(queries, policy === 0 ? [] : [{ tenant, version: policy }]);
    return { frameworks: all, gates };
  }
}
