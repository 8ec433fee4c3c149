import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { keyOf, type Assignment, type Change } from '../domain/assignment';
import { anotherClock } from '../domain/sla/another-clock';
import { concernsClock, firstClock, followChange, startsClock } from '../domain/sla/follow-change';
import { followStanding } from '../domain/sla/standing';
import { ClocksStore } from '../store/clocks.store';
import { SlaSettingsInForce } from './sla-settings';

/** A clock for each lead, from its capture on, and what becomes of it when the lead's owner, temperature or end do. */
@Injectable()
export class FollowAssignments {
  constructor(private readonly clocks: ClocksStore, private readonly settings: SlaSettingsInForce) {}

  /**
   * Within the transaction that writes the changes: one statement for all leads that are new, none where nothing concerns a clock.
   * @param captured when leads were captured, RFC 3339, by their key: those without one get no clock
   */
  async follow(tx: Tx, changes: readonly Change[], captured: ReadonlyMap<string, string> = new Map()): Promise<void> {
    const starting = changes.filter((change) => startsClock(change) && captured.has(keyOf(change.after)));
    await this.start(tx, starting, captured);
    const started = new Set(starting);
    await this.change(tx, changes.filter((change) => !started.has(change) && concernsClock(change)));
  }

  private async start(tx: Tx, changes: readonly Change[], captured: ReadonlyMap<string, string>): Promise<void> {
    if (changes.length === 0) return;
    const tenants = [...new Set(changes.map(({ after }) => after.tenant))];
    const made = async () => {
      const settings = await this.settings.remembered(tx, tenants);
      return changes.flatMap(({ after }) => firstClock(after, Date.parse(captured.get(keyOf(after)) as string), settings.get(after.tenant)!) ?? []);
    };
    const clocks = await made();
    const { standings, versions } = await this.clocks.start(tx, clocks, tenants);
    const old = new Set(await this.settings.refresh(tx, versions));
    if (old.size === 0 && standings.length === 0) return;
    // What was started by what counted before is started again; so is what had happened to its lead before it was scored.
    const right = old.size > 0 ? await made() : clocks;
    const known = new Map(standings.map((standing) => [keyOf(standing), standing]));
    await this.clocks.drop(tx, clocks.filter(({ tenant }) => old.has(tenant)));
    const settings = await this.settings.remembered(tx, tenants);
    const leads = new Map(changes.map(({ after }) => [keyOf(after), after]));
    await this.clocks.write(tx, right.filter((clock) => old.has(clock.tenant) || known.has(keyOf(clock))).flatMap((clock) => {
      const standing = known.get(keyOf(clock));
      if (!standing) return [clock];
      const another = anotherClock(clock, standing, leads.get(keyOf(clock)) as Assignment, settings.get(clock.tenant)!);
      return [followStanding(clock, standing), ...(another ? [another] : [])];
    }));
  }

  private async change(tx: Tx, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const { clocks, now } = await this.clocks.lock(tx, changes.map(({ after }) => after));
    if (clocks.length === 0) return;
    const newest = new Map(clocks.map((clock) => [keyOf(clock), clock]));
    const settings = await this.settings.current(tx, [...new Set(clocks.map(({ tenant }) => tenant))]);
    await this.clocks.write(tx, changes.flatMap((change) => {
      const clock = newest.get(keyOf(change.after));
      if (!clock) return [];
      const followed = followChange(clock, change, settings.get(clock.tenant)!, now);
      return followed === clock ? [] : [followed];
    }));
  }
}
