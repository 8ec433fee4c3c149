import { BANT, type BantDimension, type Contribution, type ElementStatus } from '@headwater/contracts';
import { contributionFact, factOf, isThere, type LeadRecord } from './lead-record';
import { readElements, type Readings } from './read-elements';
import { resting, say, type Said } from './say';

/** How a dimension stands. */
export interface Dimension extends Said {
  dimension: BantDimension;
  status: ElementStatus;
  /** 0 to 25 */
  score: number;
  /** something says that it is not there: no money, no need */
  against: boolean;
  /** what the lead did shows it; nobody has said so */
  isGuess: boolean;
}

type Judged = Said & { status: ElementStatus; against?: boolean; isGuess?: boolean };

/** As the framework BANT has them when a tenant has no other. */
const POINTS: Readonly<Record<ElementStatus, number>> = { unknown: 0, weak: 6, partial: 15, confirmed: 25 };

/** BANT from what people assessed, else from what notes and fields say, else from what the lead is and did. Each in one line. */
export function dimensionsOf(record: LeadRecord): Dimension[] {
  const readings = readElements(record);
  return BANT.map((dimension) => {
    const { status, against = false, isGuess = false, because, facts } = assessed(record, dimension) ?? JUDGES[dimension](record, readings);
    return { dimension, status, score: against ? 0 : POINTS[status], against, isGuess, because, facts };
  });
}

function assessed({ assessment }: LeadRecord, dimension: BantDimension): Judged | null {
  const element = assessment[dimension];
  if (!element || element.status === 'unknown') return null;
  const fact = (key: 'status' | 'value' | 'evidence' | 'by' | 'denied') => ({ field: `assessment.${dimension}.${key}`, value: element[key] });
  const by = element.by ? say` by ${fact('by')}` : say``;
  const stands = resting(say`It was assessed as ${fact('status')}${by}`, fact('denied'));
  const valued = element.value ? say`${stands}: ${fact('value')}` : stands;
  return { ...(element.evidence ? say`${valued}, by "${fact('evidence')}"` : valued), status: element.status, against: element.denied };
}

const JUDGES: Readonly<Record<BantDimension, (record: LeadRecord, readings: Readings) => Judged>> = {
  budget: (record, { budget }) => {
    if (budget) return { ...budget.said, status: budget.status, against: budget.reading.status === 'none' };
    const value = factOf(record, 'lead', 'estimated_value');
    if (isThere(value)) return { ...worth(record, value), status: 'weak' };
    return { ...resting(say`Nothing says what there is to spend`, value, factOf(record, 'lead', 'budget')), status: 'unknown' };
  },
  authority: (record, { authority }) => {
    if (authority) return { ...authority.said, status: authority.status };
    const title = factOf(record, 'lead', 'job_title');
    if (!isThere(title)) return { ...resting(say`Nothing says who decides`, title), status: 'unknown' };
    const seniority = lineOf(record, 'seniority');
    if (!seniority) return { ...say`The job title is ${title}, and nobody has said who decides`, status: 'weak' };
    const said = say`The job title is ${title}, of which scoring says "${contributionFact(seniority)}"; nobody has said who decides`;
    return { ...resting(said, { field: 'score.contributions.seniority.points', value: seniority.points }), status: seniority.points >= SENIOR ? 'partial' : 'weak' };
  },
  need: (record, { need }) => {
    if (need) return { ...need.said, status: need.status, against: !need.reading.present };
    const asked = ['demo_request', 'pricing_view', 'form_submission'].map((signal) => lineOf(record, `signal.${signal}`)).find((line) => line !== undefined);
    if (asked) return { ...say`Nobody has said what is needed; what the lead did shows interest: "${contributionFact(asked)}"`, status: 'partial', isGuess: true };
    const engaged = record.score.contributions.find(({ rule, points }) => rule.startsWith('signal.') && points > 0);
    if (engaged) return { ...say`Nobody has said what is needed; what the lead did shows some interest: "${contributionFact(engaged)}"`, status: 'weak', isGuess: true };
    return { ...resting(say`Nothing says what is needed`, factOf(record, 'score', 'behavioral_score')), status: 'unknown' };
  },
  timeline: (record, { timeline }) => {
    if (!timeline) return { ...resting(say`Nothing says by when`, factOf(record, 'lead', 'timeline')), status: 'unknown' };
    return { ...timeline.said, status: timeline.status };
  },
};

/** Hundredths of a point: what the default model gives a vice president. */
const SENIOR = 1_100;

const lineOf = ({ score }: LeadRecord, rule: string): Contribution | undefined => score.contributions.find((line) => line.rule === rule && line.points > 0);

function worth(record: LeadRecord, value: ReturnType<typeof factOf>): Said {
  const currency = factOf(record, 'lead', 'currency');
  const amount = isThere(currency) ? say`${value} ${currency}` : say`${value}`;
  return say`The deal is estimated at ${amount}, and nobody has said what there is to spend`;
}
