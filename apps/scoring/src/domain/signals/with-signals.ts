import type { Contribution } from '@headwater/contracts';
import type { ScoringModel } from '../scoring-model';
import { countSignals, type Signal } from './count-signals';

/** An explanation names the latest few signals, not all of them. */
const MOST = 3;

/** The lines about signals, each with the ids of the latest that it counts; found out when somebody asks, as other evidence is. */
export function withSignals(contributions: readonly Contribution[], signals: readonly Signal[], { behavioral }: ScoringModel): Contribution[] {
  const counted = new Map(countSignals(signals, behavioral).map((one) => [`signal.${one.rule.signal}`, one.counted]));
  return contributions.map((line) => {
    const latest = counted.get(line.rule)?.slice(-MOST).reverse();
    return latest ? { ...line, evidence: { signals: latest.map(({ signal_id }) => signal_id) } } : line;
  });
}
