import { defineEvent } from '../event';
import { Document, Instant, Text } from '../field';
import type { TenantSettings } from '../context';

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

export const TenantChanged = defineEvent('tenant.changed', 1, ['gateway'], 'state', TenantChangedData);
/** Published by whoever has the cause: routing (five stars), conversion (confirmation). */
export const NotificationRequested =
  defineEvent('notification.requested', 1, ['routing', 'conversion'], 'fact', NotificationRequestedData);
