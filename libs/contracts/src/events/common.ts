import { defineEvent } from '../event';
import { Document, Instant, Text } from '../field';
import type { TenantSettings } from '../context';
import { CONVERTED_INTO, DEMO, LEAD, SUBMISSION } from './examples';

export class TenantChangedData {
  @Document({ required: true, description: 'id, currency, time_zone, picklists, policies' }) tenant: TenantSettings;
}

/** Somebody should be told. Until engagement exists this event is all there is; `dedupe_key` makes it once. */
export class NotificationRequestedData {
  @Text(60, { required: true, example: 'lead_converted' }) kind: string;
  @Text(320, { required: true, description: 'e-mail address' }) to: string;
  @Document({ required: true }) data: Record<string, unknown>;
  @Text(200, { required: true }) dedupe_key: string;
  @Instant({ description: 'pointless afterwards' }) expires_at?: string | null;
}

export const TenantChanged = defineEvent('tenant.changed', 1, ['gateway'], 'state', TenantChangedData, {
  when: 'a tenant was made, or its settings or keys have changed',
  example: { subject: DEMO.id, revision: 1, data: { tenant: DEMO } },
});

const ONCE = `lead_converted:${LEAD}`;
/** Whoever has the cause: routing (five stars, leads that are back or have no owner, late responses), conversion (confirmation). */
const TELLERS = ['routing', 'conversion'] as const;
export const NotificationRequested = defineEvent('notification.requested', 1, TELLERS, 'fact', NotificationRequestedData, {
  when: 'somebody should be told: of a lead with five stars, one that came back from being nurtured or has no owner, a first response that is late (routing), of a conversion (conversion)',
  example: {
    subject: ONCE, leadId: LEAD, data: {
      kind: 'lead_converted', to: 'priya.nair@headwater.example', dedupe_key: ONCE,
      data: { lead_id: LEAD, ...CONVERTED_INTO, customer_number: 'CUST-000567', account_name: 'TechCorp Inc',
        contact_name: 'Sarah Johnson' },
    },
  },
});

const CONFIRM_ONCE = `form_confirmation:${SUBMISSION}`;
/** The same, said by intake as well: readers of the first version count on those two alone. Routing and conversion still say that one. */
export const NotificationRequestedV2 = defineEvent('notification.requested', 2, ['intake', ...TELLERS], 'fact', NotificationRequestedData, {
  when: 'the sender of a form should be asked to confirm it (intake); readers of this version read the first one, too',
  example: {
    subject: CONFIRM_ONCE, data: {
      kind: 'form_confirmation', to: 'sarah.johnson@techcorp.com', dedupe_key: CONFIRM_ONCE, expires_at: '2025-12-18T09:30:00.000Z',
      data: {
        submission_id: SUBMISSION, form: 'Contact us', first_name: 'Sarah', text: 'Please confirm that you want to hear from us.',
        confirm_url: 'https://crm.headwater.example/f/confirm/demo~Jx2k0V9wq3cR7bT1nYs8Zf4Lh6Dm5PgAeUiXoKzWyQE',
      },
    },
  },
});
