import { Injectable } from '@nestjs/common';
import {
  CopilotSettings, DomainError,
  type AnswerOf, type CopilotSettingsView, type GetCopilotSettings, type PutCopilotSettings, type QuestionOf,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { compileValidator, Database } from '@headwater/platform';
import { checkTemplates } from '../domain/copilot/check-templates';
import { nameOf } from '../domain/lead-status';
import { CopilotSettingsStore } from '../store/copilot-settings.store';

const FIRST: CopilotSettingsView = { version: 0, document: { use_model: false, templates: [] }, created_by: null, created_at: null };
const shapeOf = compileValidator(CopilotSettings, { closed: true });

/** How a tenant wants the copilot to be: versions of a document. */
@Injectable()
export class KeepCopilotSettings {
  constructor(private readonly database: Database, private readonly store: CopilotSettingsStore) {}

  /** The document that counts. */
  async present(tenant: string): Promise<CopilotSettings> {
    return (await this.store.find(this.database, tenant) ?? FIRST).document;
  }

  /** @param version of a former one; 0 of the one that every tenant begins with. @throws DomainError not_found */
  async get({ context, version }: QuestionOf<typeof GetCopilotSettings>): Promise<AnswerOf<typeof GetCopilotSettings>> {
    const stored = version === 0 ? null : await this.store.find(this.database, context.tenant.id, version);
    if (!stored && version) throw DomainError.notFound('Settings of the copilot');
    return { settings: stored ?? FIRST };
  }

  /** Writes the document as the next version, which counts from then on. @throws DomainError `invalid` with everything that is wrong */
  async put({ context, document }: QuestionOf<typeof PutCopilotSettings>): Promise<AnswerOf<typeof PutCopilotSettings>> {
    const checked = shapeOf(document);
    const errors = checkTemplates(checked);
    if (errors.length > 0) throw DomainError.invalid(errors);
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context),
      async (tx) => ({ settings: await this.store.add(tx, tenant, checked, nameOf(context.actor)) }));
  }
}
