import { Injectable } from '@nestjs/common';
import {
  DomainError, type AddFramework, type AnswerOf, type FrameworkVersion, type GatePolicyVersion, type GetFramework, type GetGatePolicy,
  type ListFrameworks, type PutGatePolicy, type QuestionOf,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Queries, type Tx } from '@headwater/platform';
import { checkFramework } from '../domain/assessing/check-framework';
import { checkGatePolicy } from '../domain/assessing/check-gate-policy';
import { BUILT_IN, type NamedFramework } from '../domain/assessing/frameworks';
import { DEFAULT_POLICY } from '../domain/assessing/gate-policy';
import { nameOf } from '../domain/lead-status';
import { FrameworksStore, type StoredDocument } from '../store/frameworks.store';
import { FrameworksInForce } from './frameworks-in-force';

/** With those that are built in; a lead may stand somewhere by each, and all of that goes into one answer. */
const MOST_FRAMEWORKS = 10;

/** How a tenant judges leads, and what it takes to qualify one: documents in versions, the newest in force. */
@Injectable()
export class KeepFrameworks {
  constructor(private readonly database: Database, private readonly store: FrameworksStore, private readonly inForce: FrameworksInForce) {}

  async list({ context: { tenant } }: QuestionOf<typeof ListFrameworks>): Promise<AnswerOf<typeof ListFrameworks>> {
    const { frameworks } = await this.inForce.of(tenant.id);
    return { frameworks: await Promise.all([...frameworks.values()].map((framework) => this.version(tenant.id, framework))) };
  }

  /** @throws DomainError `not_found` */
  async get({ context: { tenant }, name, version }: QuestionOf<typeof GetFramework>): Promise<AnswerOf<typeof GetFramework>> {
    const present = (await this.inForce.of(tenant.id)).frameworks.get(name);
    const wanted = version ?? present?.version;
    if (wanted === 0 && BUILT_IN.has(name)) return { framework: builtIn(BUILT_IN.get(name)!) };
    const stored = wanted === undefined ? undefined : await this.store.framework(this.database, tenant.id, name, wanted);
    if (!stored) throw DomainError.notFound('Framework');
    return { framework: stored };
  }

  /** @throws DomainError `invalid` with every problem; `too_many_frameworks` */
  async add({ context, framework: { name, ...document } }: QuestionOf<typeof AddFramework>): Promise<AnswerOf<typeof AddFramework>> {
    return this.change(context, async (tx, tenant, by) => {
      const { frameworks } = await this.inForce.of(tenant, tx);
      refuse(checkFramework(name, document, (await this.policy(tx, tenant)).document));
      if (!frameworks.has(name) && frameworks.size >= MOST_FRAMEWORKS) {
        throw DomainError.conflict('too_many_frameworks', `There are ${MOST_FRAMEWORKS} frameworks, the most that a tenant may have`);
      }
      return { framework: await this.store.addFramework(tx, tenant, name, document, by) };
    });
  }

  async getPolicy({ context: { tenant } }: QuestionOf<typeof GetGatePolicy>): Promise<AnswerOf<typeof GetGatePolicy>> {
    return { policy: await this.policy(this.database, tenant.id) };
  }

  /** @throws DomainError `invalid` with every problem */
  async putPolicy({ context, document }: QuestionOf<typeof PutGatePolicy>): Promise<AnswerOf<typeof PutGatePolicy>> {
    return this.change(context, async (tx, tenant, by) => {
      refuse(checkGatePolicy(document, (await this.inForce.of(tenant, tx)).frameworks));
      return { policy: await this.store.addPolicy(tx, tenant, document, by) };
    });
  }

  private async policy(queries: Queries, tenant: string): Promise<GatePolicyVersion> {
    const { policy } = await this.store.versions(queries, tenant);
    const stored: StoredDocument<GatePolicyVersion['document']> | undefined = await this.store.policy(queries, tenant, policy);
    return stored ?? { version: 0, document: DEFAULT_POLICY, created_at: null, created_by: null };
  }

  private async version(tenant: string, framework: NamedFramework): Promise<FrameworkVersion> {
    if (framework.version === 0) return builtIn(framework);
    return (await this.store.framework(this.database, tenant, framework.name, framework.version))!;
  }

  /** One at a time of a tenant, once per idempotency key. */
  private change<Answer>(
    context: QuestionOf<typeof AddFramework>['context'], work: (tx: Tx, tenant: string, by: string) => Promise<Answer>,
  ): Promise<Answer> {
    const { tenant: { id: tenant }, actor } = context;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.store.lock(tx, tenant);
      return work(tx, tenant, nameOf(actor));
    });
  }
}

const builtIn = ({ name, document }: NamedFramework): FrameworkVersion => ({ name, version: 0, document, created_at: null, created_by: null });

function refuse(errors: Parameters<typeof DomainError.invalid>[0]): void {
  if (errors.length > 0) throw DomainError.invalid(errors);
}
