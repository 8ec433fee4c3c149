import { Injectable } from '@nestjs/common';
import {
  DomainError, SlaPolicies, type AnswerOf, type Context, type GetSlaPolicies, type PutSlaPolicies, type QuestionOf, type RoutingChangeAction, type SlaPoliciesView,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { compileValidator, Database, type Tx } from '@headwater/platform';
import { byWhom } from '../by-whom';
import { difference } from '../domain/people';
import { byCalendarId, checkPolicies } from '../domain/sla/check-policies';
import { DEFAULT_POLICIES } from '../domain/sla/policies';
import { RotationStore } from '../store/rotation.store';
import { RoutingChangesStore } from '../store/routing-changes.store';
import { SlaSettingsStore } from '../store/sla-settings.store';

const shapeOf = compileValidator(SlaPolicies, { closed: true });

/** Within what time a tenant's leads are to be contacted. What runs goes on as it was started. */
@Injectable()
export class KeepPolicies {
  constructor(
    private readonly database: Database, private readonly settings: SlaSettingsStore, private readonly rotation: RotationStore,
    private readonly changes: RoutingChangesStore,
  ) {}

  async get({ context }: QuestionOf<typeof GetSlaPolicies>): Promise<AnswerOf<typeof GetSlaPolicies>> {
    return { policies: await this.settings.policies(this.database, context.tenant.id) ?? NONE };
  }

  /** Writes the document as the next version. @throws DomainError `invalid` with every problem in it */
  async put({ context, document }: QuestionOf<typeof PutSlaPolicies>): Promise<AnswerOf<typeof PutSlaPolicies>> {
    const tenant = context.tenant.id;
    const policies = shapeOf(document);
    return once(this.database, attemptOf(context), async (tx) => {
      await this.rotation.lock(tx, [tenant]);
      const [stored] = await this.settings.load(tx, [tenant]);
      const errors = checkPolicies(policies, byCalendarId(new Set(stored.calendars.map(({ id }) => id))));
      if (errors.length > 0) throw DomainError.invalid(errors);
      return { policies: await this.write(tx, context, policies, { before: stored.policies, action: 'created' }) };
    });
  }

  /** Checked policies as the next version, unless they are what is there already. The tenant's rotation is locked. */
  async replace(tx: Tx, context: Context, policies: SlaPolicies, action: RoutingChangeAction): Promise<void> {
    const [{ policies: before }] = await this.settings.load(tx, [context.tenant.id]);
    if (difference(before, policies)) await this.write(tx, context, policies, { before, action });
  }

  private async write(
    tx: Tx, context: Context, policies: SlaPolicies, { before, action }: { before: SlaPolicies | null; action: RoutingChangeAction },
  ): Promise<SlaPoliciesView> {
    const [tenant, by] = [context.tenant.id, byWhom(context)];
    const added = await this.settings.addPolicies(tx, tenant, policies, by);
    await this.changes.record(tx, tenant, by, [{ kind: 'sla_policies', record_id: added.version, action, before, after: policies }]);
    return added;
  }
}

const NONE: SlaPoliciesView = { version: 0, document: DEFAULT_POLICIES, created_at: null, created_by: null };
