import { Injectable } from '@nestjs/common';
import {
  DomainError, SlaPaused, SlaResumed, type AnswerOf, type GetSla, type PauseSla, type QuestionOf, type ResumeSla,
} from '@headwater/contracts';
import { attemptOf, causedByRequest, once, Outbox } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import type { Assignment } from '../domain/assignment';
import { isOpen, pause, resume, type Clock } from '../domain/sla/clock';
import { clockEvent } from '../domain/sla/clock-event';
import { clockView } from '../domain/sla/clock-view';
import type { KnownCalendar, SlaSettings } from '../domain/sla/settings';
import { MeetLeads } from '../meet-leads';
import { AssignmentsStore } from '../store/assignments.store';
import { ClocksStore } from '../store/clocks.store';
import { SlaSettingsInForce } from './sla-settings';

type Question = QuestionOf<typeof PauseSla> & QuestionOf<typeof ResumeSla>;
type Answer = AnswerOf<typeof PauseSla>;

interface Held { lead: Assignment; clock: Clock | undefined; settings: SlaSettings; now: number }

/** A person stops the clock of a lead, and lets it go on; and who asks sees where it stands. */
@Injectable()
export class PauseClock {
  constructor(
    private readonly database: Database, private readonly meetLeads: MeetLeads, private readonly assignments: AssignmentsStore,
    private readonly clocks: ClocksStore, private readonly settings: SlaSettingsInForce, private readonly outbox: Outbox,
  ) {}

  async show({ context, lead_id }: QuestionOf<typeof GetSla>): Promise<AnswerOf<typeof GetSla>> {
    const lead = await this.meetLeads.one(context.tenant.id, lead_id);
    const settings = await this.settings.one(this.database, lead.tenant);
    return { clocks: (await this.clocks.of(this.database, lead)).map((clock) => clockView(clock, settings)) };
  }

  /** @throws DomainError `not_found`, `lead_locked`, `no_running_clock`, `not_pausable` */
  pause(question: Question): Promise<Answer> {
    return this.within(question, ({ clock, settings, now }) => {
      if (!clock || !isOpen(clock) || clock.left || clock.due_at <= now) throw noClock('no_running_clock', 'No clock of the lead is running', clock);
      const policy = settings.policies.policies.find(({ name }) => name === clock.policy);
      if (policy?.pausable === false) throw DomainError.conflict('not_pausable', `The policy "${policy.name}" lets nobody pause its clocks`);
      return pause(clock, calendarOf(clock, settings), now, question.reason);
    }, SlaPaused);
  }

  /** @throws DomainError `not_found`, `lead_locked`, `no_paused_clock` */
  resume(question: Question): Promise<Answer> {
    return this.within(question, ({ clock, settings, now }) => {
      if (!clock?.left || clock.state !== 'paused') throw noClock('no_paused_clock', 'No clock of the lead is paused', clock);
      return resume(clock, calendarOf(clock, settings), now, question.reason);
    }, SlaResumed);
  }

  private async within({ context, lead_id, reason }: Question, change: (held: Held) => Clock, event: typeof SlaPaused): Promise<Answer> {
    const tenant = context.tenant.id;
    await this.meetLeads.one(tenant, lead_id);
    return once(this.database, attemptOf(context), async (tx) => {
      const held = await this.hold(tx, { tenant, lead_id });
      const { converted } = held.lead;
      if (converted) throw DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted });
      const clock = change(held);
      await this.clocks.write(tx, [clock]);
      await this.outbox.add(tx, [{ event: clockEvent(event, clock, held.lead, held.settings, reason), cause: causedByRequest(context) }]);
      return { clock: clockView(clock, held.settings) };
    });
  }

  private async hold(tx: Tx, key: { tenant: string; lead_id: number }): Promise<Held> {
    const [lead] = await this.assignments.lock(tx, [key]);
    const { clocks, now } = await this.clocks.lock(tx, [key]);
    return { lead, clock: clocks.at(-1), settings: await this.settings.one(tx, key.tenant), now };
  }
}

const calendarOf = ({ calendar_id }: Clock, { calendars, usual }: SlaSettings): KnownCalendar | null =>
  (calendar_id === null ? null : calendars.get(calendar_id) ?? usual);

const noClock = (code: string, detail: string, clock: Clock | undefined): DomainError =>
  DomainError.conflict(code, detail, { clock_state: clock?.state ?? null });
