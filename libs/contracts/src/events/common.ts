import { defineEvent } from '../event';
import { Document, Instant, Text } from '../field';
import type { TenantSettings } from '../context';
import { CONVERTED_INTO, DEMO, LEAD } from './examples';

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
/** Whoever has the cause: intake (a form to be confirmed), routing (five stars), conversion (confirmation). */
const TELLERS = ['intake', 'routing', 'conversion'] as const;
export const NotificationRequested = defineEvent('notification.requested', 1, TELLERS, 'fact', NotificationRequestedData, {
  when: 'somebody should be told: of a lead with five stars (routing), of a conversion (conversion); or asked to confirm a form (intake)',
  example: {
    subject: ONCE, leadId: LEAD, data: {
      kind: 'lead_converted', to: 'priya.nair@headwater.example', dedupe_key: ONCE,
      data: { lead_id: LEAD, ...CONVERTED_INTO, customer_number: 'CUST-000567', account_name: 'TechCorp Inc',
        contact_name: 'Sarah Johnson' },
    },
  },
});
