import type { Grade, LeadScoreView, Temperature } from '@headwater/contracts';
import type { Parts } from './score-lead';
import type { Bands } from './scoring-model';

const POINT = 100;
const RANK: Readonly<Record<Temperature, number>> = { suspect: 0, cold: 1, warm: 2, hot: 3 };

interface Circumstances {
  bands: Bands;
  /** no signal was ever seen */
  silent: boolean;
  /** what the temperature was, which holds it up; null for none, or where a person pinned the score */
  former: Temperature | null;
  pinned: boolean;
}

/** The score as people read it, with the words that its bands give it. */
export function viewOf({ demographic, behavioral }: Parts, circumstances: Circumstances): LeadScoreView {
  const total = (demographic + behavioral) / POINT;
  return {
    total_score: total,
    behavioral_score: behavioral / POINT,
    demographic_score: demographic / POINT,
    grade: gradeOf(total, circumstances.bands),
    temperature: temperatureOf(total, behavioral, circumstances),
  };
}

function gradeOf(total: number, { grades }: Bands): Grade {
  return (['A', 'B', 'C', 'D'] as const).find((grade) => total >= grades[grade]) ?? 'F';
}

/** Below warm, a lead that never stirred is a suspect; hysteresis keeps a warm or hot one until it is clearly below. */
function temperatureOf(total: number, behavioral: number, { bands, silent, former, pinned }: Circumstances): Temperature {
  const slack = (temperature: Temperature) =>
    (former && !pinned && RANK[former] >= RANK[temperature] ? bands.hysteresis : 0);
  const entered = (['hot', 'warm'] as const).find((temperature) => total >= bands.temperatures[temperature] - slack(temperature));
  return entered ?? (silent && behavioral === 0 && !pinned ? 'suspect' : 'cold');
}
