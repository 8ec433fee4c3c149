import type { JsMsg } from 'nats';
import type { Envelope } from '@headwater/contracts';
import { SUSPECT_AT_DELIVERY } from '../failing/trouble';
import type { Flow } from './flow';

/** Messages that a flow has brought: its part of what is handled in one transaction. */
export interface Part { flow: Flow; messages: JsMsg[] }

/** Events of a flow from which something may follow. */
export interface Heard { flow: Flow; events: Envelope<object>[] }

/** Flows that have one handler, and the others by themselves. */
export function handledAlike(flows: Flow[]): Flow[][] {
  return [...new Set(flows.map(({ subscription }) => subscription.handle))].map((handle) => flows.filter(({ subscription }) => subscription.handle === handle));
}

/** How many wait for each handler, on average. */
export const meanOf = (together: Flow[][]): number => together.flat().reduce((sum, { buffer }) => sum + buffer.length, 0) / together.length;

/** The parts with other messages, without those that have none left. */
export const withMessages = (parts: Part[], messagesOf: (part: Part) => JsMsg[]): Part[] =>
  parts.map((part) => ({ flow: part.flow, messages: messagesOf(part) })).filter(({ messages }) => messages.length > 0);

/** Whether it came so often that it is tried by itself. */
export const isSuspect = ({ info }: JsMsg): boolean => info.redeliveryCount >= SUSPECT_AT_DELIVERY;

/** @throws when one of them is not what its contract says */
export function heardIn(parts: { flow: Flow; messages: Pick<JsMsg, 'json'>[] }[]): Heard[] {
  return parts.map(({ flow, messages }) => ({
    flow,
    events: messages.map((message) => {
      const envelope = message.json<Envelope<object>>();
      flow.validate(envelope.data);
      return envelope;
    }).filter(({ data }) => flow.subscription.matters(data)),
  })).filter(({ events }) => events.length > 0);
}
