import { Injectable } from '@nestjs/common';
import { v4 as uuid } from 'uuid';
import {
  AssignLead, ChangeStatus, RateLead, UpdateLead,
  type AnswerOf, type Context, type PatchLead as PatchBody, type RequestDefinition, type Warning,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import type { Expectations, Owner } from './etag';
import { GatherLead, type Gathered } from './gather-lead';
import type { LeadParts } from './lead-view';
import { isEmpty, splitPatch, type PatchParts } from './split-patch';

/** One owner's share of a PATCH, ready to be checked or written. */
interface Share {
  owner: Owner;
  concerned: boolean;
  ask: (how: { validate_only: boolean; expected_revision?: number }) => Promise<{ known: Partial<LeadParts>; warnings: Warning[] }>;
}

/**
 * Writes a PATCH over several owners: all check it, then each writes its part, in the order qualification (it alone knows
 * whether the lead may be written at all), scoring, routing, intake.
 */
@Injectable()
export class PatchLead {
  constructor(private readonly requester: Requester, private readonly gather: GatherLead) {}

  /** @throws DomainError of the first owner, in that order, that refuses; nothing is written then */
  async patch(context: Context, id: number, body: PatchBody, expected: Expectations): Promise<Gathered<LeadParts> & { warnings: Warning[] }> {
    const shares = this.shares({ context, lead_id: id, command_id: uuid() }, splitPatch(body));
    const writing = shares.filter(({ concerned }) => concerned);
    // Whoever alone writes, and would be alone to check, refuses before it writes anything.
    if (writing.length !== 1 || writing[0].owner !== 'qualification') await this.check(shares, expected);
    const known: Partial<LeadParts> = {};
    const warnings: Warning[] = [];
    for (const [i, share] of writing.entries()) {
      // Only the first writer may still find the lead changed. What follows from its own write, such as a new score,
      // must not stop the command half-way.
      const answer = await share.ask({ validate_only: false, ...(i === 0 ? { expected_revision: expected(share.owner) } : {}) });
      Object.assign(known, answer.known);
      warnings.push(...answer.warnings);
    }
    return { ...(await this.gather.one(context, id, known)), warnings };
  }

  private async check(shares: Share[], expected: Expectations): Promise<void> {
    const asked = shares.filter(({ owner, concerned }) => concerned || owner === 'qualification')
      .map((share) => ({ share, expected_revision: expected(share.owner) }));
    const answers = await Promise.allSettled(asked.map(({ share, expected_revision }) => share.ask({ validate_only: true, expected_revision })));
    for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
  }

  private shares(command: { context: Context; lead_id: number; command_id: string }, parts: PatchParts): Share[] {
    const share = <Patch extends object, Answer extends { warnings?: Warning[] }>(
      owner: Owner, patch: Patch, knownOf: (answer: Answer) => Partial<LeadParts>,
      request: RequestDefinition<typeof command & { patch: Patch; validate_only?: boolean; expected_revision?: number }, Answer>,
    ): Share => ({
      owner,
      concerned: !isEmpty(patch),
      ask: async (how) => {
        const answer = await this.requester.ask(request, { ...command, patch, ...how });
        return { known: knownOf(answer), warnings: answer.warnings ?? [] };
      },
    });
    return [
      share('qualification', parts.qualification, ({ qualification }: AnswerOf<typeof ChangeStatus>) => ({ qualification }), ChangeStatus),
      share('scoring', parts.scoring, ({ score }: AnswerOf<typeof RateLead> & { warnings?: Warning[] }) => ({ scoring: score }), RateLead),
      share('routing', parts.routing, ({ assignment }: AnswerOf<typeof AssignLead>) => ({ routing: assignment }), AssignLead),
      share('intake', parts.intake, ({ lead }: AnswerOf<typeof UpdateLead>) => ({ intake: lead }), UpdateLead),
    ];
  }
}
