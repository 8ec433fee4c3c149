import { Injectable } from '@nestjs/common';
import type { AnswerOf, FindLeads as FindRequest, GetIdentities, QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { readEmail } from './domain/email';
import { LeadKeysStore } from './store/lead-keys.store';

/** For services that hear of people by other names than a lead's id. */
@Injectable()
export class FindLeads {
  constructor(private readonly database: Database, private readonly keys: LeadKeysStore) {}

  /** An address is read as a submission's is: other spellings of a mailbox are the same person. */
  async find({ identities }: QuestionOf<typeof FindRequest>): Promise<AnswerOf<typeof FindRequest>> {
    const read = identities.map(({ tenant, kind, value }) => ({ tenant, kind, value: kind === 'email' ? readEmail(value).key : value }));
    const asked = read.flatMap(({ value, ...rest }) => (value === null ? [] : [{ ...rest, value }]));
    const holders = await this.keys.holders(this.database, asked);
    return { found: read.map((identity) => ({ value: identity.value, lead_id: holders.get(keyName(identity)) ?? null })) };
  }

  async identities({ leads }: QuestionOf<typeof GetIdentities>): Promise<AnswerOf<typeof GetIdentities>> {
    return { identities: await this.keys.of(this.database, leads) };
  }
}

const keyName = ({ tenant, kind, value }: { tenant: string; kind: string; value: string | null }): string => `${tenant} ${kind} ${value}`;
