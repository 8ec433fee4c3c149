import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { NotificationRequestedV2, type CaptureItem, type NewEvent } from '@headwater/contracts';
import { causedByRequest, Outbox } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { HeldSubmissionsStore } from '../store/held-submissions.store';

/** 256 bits: nobody guesses it, so a fast hash is enough to keep it. */
const TOKEN_BYTES = 32;
/** Anybody can type anybody's address into a form: beyond this what comes waits for a person of ours, without a mail. */
const MOST_MAILS_PER_DAY = 5;

/** SHA-256, hexadecimal. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Keeps what is quarantined until somebody decides about it, and asks the sender to, where the form wants that. */
@Injectable()
export class HoldSubmissions {
  constructor(private readonly store: HeldSubmissionsStore, private readonly outbox: Outbox) {}

  async hold(tx: Tx, items: CaptureItem[]): Promise<void> {
    if (items.length === 0) return;
    const mailed = await this.withMail(tx, items);
    const held = items.map(({ idempotency: _, ...item }) => {
      const token = mailed.has(item.submission_id) ? randomBytes(TOKEN_BYTES).toString('base64url') : null;
      const link = token && item.confirmation
        ? { token_hash: hashOf(token), asked_hash: hashOf(addressOf(item)), lifetime_hours: item.confirmation.lifetime_hours } : null;
      return { item, token, link };
    });
    const ends = await this.store.add(tx, held);
    await this.outbox.add(tx, held.flatMap(({ item, token }, i) =>
      (token ? [{ event: mailTo(item, token, ends[i]), cause: causedByRequest(item) }] : [])));
  }

  /** The submissions for which a mail is asked for. */
  private async withMail(tx: Tx, items: CaptureItem[]): Promise<Set<string>> {
    const wanted = items.filter((item) => item.confirmation && addressOf(item));
    const before = await this.store.asked(tx, wanted.map((item) => ({ tenant: item.tenant, hash: hashOf(addressOf(item)) })));
    return new Set(wanted.filter((_, i) => before[i] < MOST_MAILS_PER_DAY).map(({ submission_id }) => submission_id));
  }
}

const addressOf = ({ lead }: Pick<CaptureItem, 'lead'>): string => lead.email?.trim().toLowerCase() ?? '';

function mailTo(item: CaptureItem, token: string, expires_at: string | null): NewEvent {
  const { submission_id, tenant, actor, lead, confirmation } = item;
  const dedupe_key = `form_confirmation:${submission_id}`;
  return NotificationRequestedV2.of(tenant, dedupe_key, {
    kind: 'form_confirmation', to: lead.email?.trim() ?? '', dedupe_key, expires_at,
    data: {
      submission_id, form: actor.name ?? actor.id, first_name: lead.first_name ?? null, text: confirmation?.text ?? null,
      confirm_url: `${confirmation?.link}${token}`,
    },
  });
}
