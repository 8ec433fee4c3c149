import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DomainError, LeadEvent, LeadEvents, MOST_EVENTS_OF_A_BATCH, PersonEvent, PersonEvents, type Context,
} from '@headwater/contracts';
import { httpProblem } from '@headwater/platform';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { withWarnings } from '../documents/with-warnings';
import { InContext } from '../input/incoming';
import { JsonOneOrList, within, type OneOrList } from '../input/json-list';
import { PathId } from '../input/parameters';
import { SendSignals, type SentSignal } from './send-signals';
import { BatchOfEvents, EventReceipt, type EventItem } from './signals.answers';
import * as examples from './signals.examples';

const MOST_BYTES = 2 * 2 ** 20;
const HOW = `One event, or up to ${MOST_EVENTS_OF_A_BATCH} as \`events\`, in at most 2 MB; each counts, or is refused, by itself, and the whole answers 200. `
  + 'An event counts once by its `id`, in whatever order events come; without one it is named after the `Idempotency-Key`, else anew. Its time may be long ago, '
  + 'or up to 5 minutes ahead. A type that no rule of the scoring model knows is kept and scores nothing, with a warning.';

@ApiTags('signals')
@Controller('api/v1/crm')
export class SignalsController {
  constructor(private readonly signals: SendSignals) {}

  @Post('events')
  @Requires('leads:write')
  @Returns({
    summary: 'Tell what people did', data: [EventReceipt, BatchOfEvents], examples: examples.recordEvents,
    description: `${HOW} Who did it is named by \`lead_id\`, \`external_id\`, \`email\` or \`visitor_id\`, the first that is there. What somebody did who isn't known yet `
      + 'waits for their lead for 90 days, the newest 200. `identify` says whose a `visitor_id` is.',
  })
  async recordEvents(
    @InContext() context: Context,
    @JsonOneOrList({ body: PersonEvents, member: 'events', item: PersonEvent, most: MOST_EVENTS_OF_A_BATCH, bytes: MOST_BYTES }) { isOne, items }: OneOrList<PersonEvent>,
  ) {
    return answer(isOne, await this.signals.send(context, items));
  }

  @Post('leads/:id/events')
  @Requires('leads:write')
  @Returns({ summary: 'Tell what a lead did', data: [EventReceipt, BatchOfEvents], description: HOW, examples: examples.recordLeadEvents })
  async recordLeadEvents(
    @PathId('Lead') lead_id: number, @InContext() context: Context,
    @JsonOneOrList({ body: LeadEvents, member: 'events', item: LeadEvent, most: MOST_EVENTS_OF_A_BATCH, bytes: MOST_BYTES }) { isOne, items }: OneOrList<LeadEvent>,
  ) {
    const sent = await this.signals.send(context, items.map((event) => (event.ok ? { ok: true, item: { ...event.item, lead_id } } : event)));
    const foreign = sent.find(({ result }) => !result.ok && result.error.kind === 'not_found');
    if (foreign && !foreign.result.ok) throw new DomainError(foreign.result.error);
    return answer(isOne, sent);
  }
}

function answer(isOne: boolean, sent: SentSignal[]) {
  if (!isOne) return { message: 'Events taken in', data: batchOf(sent) };
  const [{ id, result }] = sent;
  if (!result.ok) throw new DomainError(result.error);
  return withWarnings({ message: 'Event taken in', data: { id: id!, state: result.state, lead_id: result.lead_id } satisfies EventReceipt }, result.warnings);
}

function batchOf(sent: SentSignal[]): BatchOfEvents {
  const summary = { received: sent.length, counted: 0, repeated: 0, waiting: 0, failed: 0 };
  const results = sent.map(({ id, result }, index): EventItem => {
    summary[result.ok ? result.state : 'failed'] += 1;
    if (!result.ok) return { index, ...refusalOf(new DomainError(result.error), id, index) };
    const [warning] = result.warnings ?? [];
    return { index, status: 200, id, state: result.state, lead_id: result.lead_id, ...(warning ? { code: warning.code, detail: warning.detail } : {}) };
  });
  return { summary, results };
}

/** @param id null for one whose form was wrong already: its fields are named by their place then */
function refusalOf(refusal: DomainError, id: string | null, index: number): Omit<EventItem, 'index'> {
  const { body } = id === null ? refusal : within(`events[${index}]`, refusal);
  return { status: httpProblem(body).status, ...(id === null ? {} : { id }), code: body.code, detail: body.detail, ...(body.errors ? { errors: body.errors } : {}) };
}
