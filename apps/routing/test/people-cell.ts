import {
  CreatePeopleRecord, GetReassignment, ListRoutingChanges, StartReassignment, UpdatePeopleRecord,
  type PeopleKind, type PeopleRecord, type Reassignment, type RoutingChange,
} from '@headwater/contracts';
import { eventually } from '@headwater/testing';
import type { RoutingCell } from './routing-cell';

/** Asks for people and places as the gateway does. */
export const peopleOf = (world: () => RoutingCell) => {
  const ask = (tenant: string) => ({ context: world().cell.context({ tenant }) });
  const reassignment = async (tenant: string, id: number): Promise<Reassignment> => (await world().cell.ask(GetReassignment, { ...ask(tenant), id })).reassignment;
  return {
    create: async <Made extends PeopleRecord>(tenant: string, kind: PeopleKind, fields: object, more: object = {}): Promise<Made> =>
      (await world().cell.ask(CreatePeopleRecord, { context: world().cell.context({ tenant, ...more }), kind, fields })).record as Made,
    update: async <Made extends PeopleRecord>(tenant: string, kind: PeopleKind, id: number, patch: object): Promise<Made> =>
      (await world().cell.ask(UpdatePeopleRecord, { ...ask(tenant), kind, id, patch })).record as Made,
    changes: async (tenant: string, filter: object = {}): Promise<RoutingChange[]> =>
      (await world().cell.ask(ListRoutingChanges, { ...ask(tenant), filter, limit: 50 })).changes,
    /** Begins a reassignment, and waits until it is done. */
    reassign: async (tenant: string, request: { rep_id: number; to_rep_id?: number; to_pool?: string; reason?: string }): Promise<Reassignment> => {
      const { reassignment: { id } } = await world().cell.ask(StartReassignment, { ...ask(tenant), request });
      await eventually('the leads have gone to others', async () => (await reassignment(tenant, id)).state === 'done');
      return reassignment(tenant, id);
    },
  };
};
