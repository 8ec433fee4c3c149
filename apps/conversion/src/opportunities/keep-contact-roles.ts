import { Injectable } from '@nestjs/common';
import { DomainError, OpportunityUpdated, type AnswerOf, type ContactRolesRequest, type GetContactRoles, type PutContactRoles, type QuestionOf } from '@headwater/contracts';
import { causedByRequest, Outbox } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { mustBeAt } from '../records/change-records';
import { ContactRolesStore } from '../store/contact-roles.store';
import { OpportunitiesStore } from '../store/opportunities.store';

/** Who of the account's people has a say in a deal, and which. */
@Injectable()
export class KeepContactRoles {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly opportunities: OpportunitiesStore,
    private readonly roles: ContactRolesStore,
  ) {}

  /** @throws DomainError not_found */
  async get({ context: { tenant }, id }: QuestionOf<typeof GetContactRoles>): Promise<AnswerOf<typeof GetContactRoles>> {
    const kept = await this.opportunities.kept(this.database, tenant.id, id);
    if (!kept) throw DomainError.notFound('Opportunity');
    return { contacts: await this.roles.list(this.database, tenant.id, id), version: String(kept.revision) };
  }

  /** Makes the list what is given. @throws DomainError not_found, invalid, `precondition_failed` */
  put({ context, id, body: { contacts }, expected_version }: QuestionOf<typeof PutContactRoles>): Promise<AnswerOf<typeof PutContactRoles>> {
    checkTwice(contacts);
    const tenant = context.tenant.id;
    return this.database.transaction(async (tx) => {
      const before = await this.opportunities.kept(tx, tenant, id, { lock: true });
      if (!before) throw DomainError.notFound('Opportunity');
      mustBeAt(expected_version, { version: String(before.revision) });
      const strangers = await this.roles.strangers(tx, tenant, before.opportunity.account_id, contacts.map(({ contact_id }) => contact_id));
      if (strangers.length > 0) {
        throw DomainError.invalid(contacts.flatMap(({ contact_id }, i) => (strangers.includes(contact_id) ? [{
          field: `contacts.${i}.contact_id`, code: 'not_this_accounts_contact', detail: `Contact ${contact_id} is no contact of the opportunity's account`,
        }] : [])));
      }
      await this.roles.replace(tx, tenant, id, contacts.map((one) => ({ ...one, is_primary: one.is_primary ?? false })));
      const after = await this.opportunities.update(tx, tenant, id, {}, null, '');
      const { opportunity, attribution, revision } = after;
      await this.outbox.add(tx, [{
        event: OpportunityUpdated.of(tenant, id, { opportunity, attribution }, { leadId: opportunity.lead_id ?? undefined, revision }), cause: causedByRequest(context),
      }]);
      return { contacts: await this.roles.list(tx, tenant, id), version: String(revision) };
    });
  }
}

function checkTwice(contacts: ContactRolesRequest['contacts']): void {
  const errors = contacts.flatMap(({ contact_id, is_primary }, i) => [
    ...(contacts.findIndex((other) => other.contact_id === contact_id) < i ? [{ field: `contacts.${i}.contact_id`, code: 'given_twice', detail: `Contact ${contact_id} has one role` }] : []),
    ...(is_primary && contacts.findIndex((other) => other.is_primary) < i ? [{ field: `contacts.${i}.is_primary`, code: 'given_twice', detail: 'One contact at most is the primary one' }] : []),
  ]);
  if (errors.length > 0) throw DomainError.invalid(errors);
}
