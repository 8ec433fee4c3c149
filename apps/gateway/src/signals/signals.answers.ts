import {
  Integer, MOST_EVENTS_OF_A_BATCH, MOST_EVENTS_OF_A_PAGE, Nested, NestedList, OneOf, SIGNAL_STATES, Text, type SignalState,
} from '@headwater/contracts';
import { ProblemField } from '../documents/problem';

const STATE = { description: '`counted`: it is the lead’s. `repeated`: it was there already. `waiting`: for somebody who is not known yet' };
const LEAD = [1, Number.MAX_SAFE_INTEGER, { description: 'whose it is; null while nobody is known' }] as const;

/** What became of one event. */
export class EventReceipt {
  @Text(100, { required: true, description: 'its own, or the one that it was given' }) id: string;
  @OneOf(SIGNAL_STATES, { required: true, ...STATE }) state: SignalState;
  @Integer(...LEAD) lead_id?: number | null;
}

export class EventItem {
  @Integer(0, MOST_EVENTS_OF_A_BATCH, { required: true, description: 'its place in `events`' }) index: number;
  @Integer(200, 599, { required: true, description: 'what would have been answered to it alone' }) status: number;
  @Text(100) id?: string | null;
  @OneOf(SIGNAL_STATES, STATE) state?: SignalState | null;
  @Integer(...LEAD) lead_id?: number | null;
  @Text(60, { description: 'of one that was refused, or that there is a remark on: for programs' }) code?: string | null;
  @Text(500, { description: 'the same for people' }) detail?: string | null;
  @NestedList(() => ProblemField, 50, { description: 'of one that was refused: each field, as `events[3].at`' }) errors?: ProblemField[] | null;
}

const COUNT = [0, MOST_EVENTS_OF_A_BATCH, { required: true }] as const;

export class EventsSummary {
  @Integer(...COUNT) received: number;
  @Integer(...COUNT) counted: number;
  @Integer(...COUNT) repeated: number;
  @Integer(...COUNT) waiting: number;
  @Integer(0, MOST_EVENTS_OF_A_BATCH, { required: true, description: 'refused' }) failed: number;
}

export class BatchOfEvents {
  @Nested(() => EventsSummary, { required: true }) summary: EventsSummary;
  @NestedList(() => EventItem, MOST_EVENTS_OF_A_BATCH, { required: true, description: 'one for each of `events`, in their order' }) results: EventItem[];
}

/** The same to everybody: it tells nothing of who is known. */
export class PageEventsReceipt {
  @Integer(0, MOST_EVENTS_OF_A_PAGE, { required: true }) received: number;
}
