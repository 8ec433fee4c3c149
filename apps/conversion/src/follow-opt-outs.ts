import { Injectable } from '@nestjs/common';
import { ContactUpdated, type ContactOptedOutData, type Envelope } from '@headwater/contracts';
import { causedByEvent, Outbox } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { TargetsStore } from './store/targets.store';

/** What people refuse who are contacts by now: it only ever becomes stricter, so that order and repetition don't matter. */
@Injectable()
export class FollowOptOuts {
  constructor(private readonly targets: TargetsStore, private readonly outbox: Outbox) {}

  async fromIntake(events: Envelope<ContactOptedOutData>[], tx: Tx): Promise<void> {
    const said = new Map<string, { tenant: string; id: number; email_opt_out: boolean; do_not_call: boolean }>();
    for (const { tenantid: tenant, data: { contact_id: id, email_opt_out, do_not_call } } of events) {
      const before = said.get(`${tenant} ${id}`);
      said.set(`${tenant} ${id}`, {
        tenant, id, email_opt_out: email_opt_out || (before?.email_opt_out ?? false), do_not_call: do_not_call || (before?.do_not_call ?? false),
      });
    }
    const causes = new Map(events.map((event) => [`${event.tenantid} ${event.data.contact_id}`, causedByEvent(event)]));
    const changed = await this.targets.optOut(tx, [...said.values()]);
    await this.outbox.add(tx, changed.map(({ tenant, revision, ...contact }) => ({
      event: ContactUpdated.of(tenant, contact.id, { contact }, { leadId: contact.lead_id ?? undefined, revision }),
      cause: causes.get(`${tenant} ${contact.id}`)!,
    })));
  }
}
