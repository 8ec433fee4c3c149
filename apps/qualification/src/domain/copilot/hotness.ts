import type { Contribution } from '@headwater/contracts';
import { contributionFact, factOf, isThere, type LeadRecord } from './lead-record';
import { resting, say, type Said } from './say';

const MOST_LINES = 3;

export interface Hotness { is_hot: boolean; reasons: Said[] }

/** Whether the lead is hot, as scoring says, and why: the score, stars, what adds most to it, what takes from it, and where the lead stands. */
export function hotnessOf(record: LeadRecord): Hotness {
  const { score } = record;
  const best = [...score.contributions].filter(({ points }) => points > 0).sort(byWorth).slice(0, MOST_LINES);
  const worst = score.contributions.filter(({ points, rule }) => points < 0 && !rule.startsWith('cap.')).sort(byWorth).slice(0, 1);
  return {
    is_hot: score.is_hot,
    reasons: [
      temperatureSaid(record), ...starsSaid(record),
      ...best.map((line) => say`It counts for the lead that ${contributionFact(line)}`),
      ...worst.map((line) => say`It counts against the lead that ${contributionFact(line)}`),
      ...standingSaid(record),
    ],
  };
}

const byWorth = (a: Contribution, b: Contribution): number => Math.abs(b.points) - Math.abs(a.points) || (a.rule < b.rule ? -1 : 1);

function temperatureSaid(record: LeadRecord): Said {
  const [total, temperature, hot] = [factOf(record, 'score', 'total_score'), factOf(record, 'score', 'temperature'), factOf(record, 'score', 'is_hot')];
  return resting(say`The score is ${total}, the temperature ${temperature}`, hot);
}

function starsSaid(record: LeadRecord): Said[] {
  const rating = factOf(record, 'score', 'rating');
  return isThere(rating) ? [say`People gave it ${rating} stars`] : [];
}

/** A score outlives what has become of the lead. */
function standingSaid(record: LeadRecord): Said[] {
  const status = factOf(record, 'standing', 'status');
  if (status.value !== 'disqualified') return [];
  return [say`But it is ${status}, for the reason ${factOf(record, 'standing', 'disqualification_reason')}`];
}
