import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import {
  DomainError, SECRET_PREFIX, type CaptureItem, type ConnectorSetup, type SubmissionState, type TenantSettings,
} from '@headwater/contracts';
import { connectorNamed, deliveryNameOf, type ReadOne, type SetUp } from '@headwater/inlets';
import type { Tx } from '@headwater/platform';
import { CaptureLeads } from '../capture-leads';
import { DeliveriesStore, type LoggedDelivery } from '../store/deliveries.store';
import type { InletRow } from '../store/inlets.store';
import { doneOf, SubmissionsStore } from '../store/submissions.store';

export type Done = Extract<SubmissionState, { state: 'done' }>;
type Cause = Pick<CaptureItem, 'correlation_id' | 'traceparent'>;

/** Takes in what a delivery turns out to be, in the place of the submission that made no lead of it. */
@Injectable()
export class TakeInAgain {
  constructor(
    private readonly captureLeads: CaptureLeads, private readonly submissions: SubmissionsStore, private readonly deliveries: DeliveriesStore,
  ) {}

  /** @param logged locked by this transaction @param read the first one stands in its place, others beside it */
  async takeIn(tx: Tx, logged: LoggedDelivery, inlet: InletRow, read: ReadOne[], tenant: TenantSettings, cause: Cause): Promise<Done> {
    const { id } = logged;
    await this.deliveries.forget(tx, tenant.id, id);
    const [{ captured: { rejected } }] = read;
    if (read.length === 1 && rejected) return doneOf(await this.submissions.reject(tx, tenant.id, id, rejected));
    await this.submissions.takeOut(tx, tenant.id, id);
    const items = read.map((one, place) => itemOf(logged, inlet, one, place, tenant, cause));
    const [result] = await this.captureLeads.captureWithin(tx, items, { [tenant.id]: tenant });
    if (!result.ok) throw new DomainError(result.error);
    const { verdict, because, lead } = result.answer;
    const reason = items[0].quarantine ?? items[0].rejected;
    return doneOf({ verdict, because, lead_id: lead?.lead_id ?? null, code: reason?.code ?? null });
  }
}

/** A connector as it is set up now. @throws DomainError `unavailable` when it is of a kind that only a newer build knows */
export function setUpOf({ settings }: InletRow): SetUp {
  const { connector: kind, options } = settings as unknown as ConnectorSetup;
  const connector = connectorNamed(kind);
  if (!connector) throw DomainError.unavailable('This connector is of a kind that is not known here yet');
  const secrets = Object.keys(settings).filter((name) => name.startsWith(SECRET_PREFIX)).map((name) => name.slice(SECRET_PREFIX.length));
  return { connector, options, secrets };
}

/** It comes late, as from the spool: what is newer stays. */
function itemOf(
  { id, received_at, delivery }: LoggedDelivery, inlet: InletRow, read: ReadOne, place: number, tenant: TenantSettings, cause: Cause,
): CaptureItem {
  const name = { connector_id: inlet.id, id: read.id, request: `replay of ${id}`, bytes: Buffer.alloc(0), received_at, place };
  return {
    submission_id: place === 0 ? id : uuidv7(), received_at, tenant: tenant.id, spooled: true,
    actor: { kind: 'connector', id: String(inlet.id), name: inlet.name }, inlet: { kind: 'connector', id: inlet.id }, ...cause,
    ...read.captured, delivery: place === 0 && delivery ? delivery : deliveryNameOf(name), ...(read.captured.quarantine ? { settings: tenant } : {}),
  };
}
