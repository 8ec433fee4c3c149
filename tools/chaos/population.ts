import { Random } from './random';

/** One request of the client. */
export interface Submission {
  /** its Idempotency-Key */
  key: string;
  /** whose it is */
  person: number;
  /** `twin`: with another key, in flight together with the one before it; `repetition`: an earlier one, once more */
  kind: 'first' | 'twin' | 'repetition';
  /** by which way it comes: with an API key, or with the key of a public form */
  entry: 'api' | 'form';
  body: Readonly<Record<string, unknown>>;
}

/** A tenth of the submissions repeats an earlier one, a tenth is of a person of whom another is on its way. */
const SHARE = 10;
/** One submission in so many comes by a form. */
const FORM_EVERY = 4;
/** Half of the repetitions come while the first may still be unanswered: it is one of so many before. */
const STILL_ON_ITS_WAY = 48;

const FIRST_NAMES = ['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elena', 'Farid', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Kenji', 'Lena', 'Mara', 'Noor'];
const LAST_NAMES = ['Abara', 'Berg', 'Costa', 'Dubois', 'Engel', 'Fontaine', 'Gupta', 'Hansen', 'Ito', 'Jensen', 'Kowalski', 'Lindqvist'];
const TITLES = ['CTO', 'VP Sales', 'Head of Operations', 'Marketing Manager', 'Founder', 'Analyst'];
const OTHER_TITLES = ['Chief Executive Officer', 'Procurement', 'Director of IT'];
const INDUSTRIES = ['technology', 'finance', 'healthcare', 'retail', 'manufacturing', 'education'];
const COUNTRIES = ['US', 'US', 'CA', 'JP', 'DE', 'FR', 'IT'];
const SIZES = [8, 40, 250, 900, 1_200, 5_000];
const SOURCES = ['web', 'referral', 'event', 'partner', 'advertisement'];

/**
 * Who is sent when, decided by the seed. What stands in one group is sent at the same instant; the groups hold `leads`
 * submissions together.
 */
export function makePopulation(seed: number, leads: number): Submission[][] {
  const random = new Random(seed, 'population');
  const tenth = Math.round(leads / SHARE);
  const people = leads - 2 * tenth;
  const withTwin = new Set(random.shuffled(numbers(people)).slice(0, tenth));
  const [head, ...rest] = numbers(people).map((person) => {
    const first = submit(random, seed, person);
    return withTwin.has(person) ? [first, twinOf(random, first)] : [first];
  });
  const groups: Submission[][] = [head!];
  const sent = [...head!];
  for (const group of random.shuffled([...rest, ...numbers(tenth).map(() => undefined)])) {
    groups.push(group ?? [repetitionOf(random, sent)]);
    sent.push(...(group ?? []));
  }
  return groups;
}

export const emailOf = (person: number): string => `${nameOf(person).join('.').toLowerCase()}.${person}@company-${person}.example`;

/** The page that a submission says it came from: by it, its touch is known again. */
export const pageOf = (key: string): string => `https://chaos.example/${key}`;

/** The key of a submission that said so. */
export const keyOfPage = (page: string | null): string | undefined => page?.match(/^https:\/\/chaos\.example\/(.+)$/)?.[1];

const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

const nameOf = (person: number): [first: string, last: string] =>
  [FIRST_NAMES[person % FIRST_NAMES.length]!, LAST_NAMES[Math.floor(person / FIRST_NAMES.length) % LAST_NAMES.length]!];

const entryOf = (random: Random): Submission['entry'] => (random.below(FORM_EVERY) === 0 ? 'form' : 'api');

function submit(random: Random, seed: number, person: number): Submission {
  const [first_name, last_name] = nameOf(person);
  const key = `chaos-${seed}-${person}`;
  return {
    key, person, kind: 'first', entry: entryOf(random),
    body: {
      first_name, last_name, email: emailOf(person), company_name: `Company ${person}`,
      job_title: random.pick(TITLES), industry: random.pick(INDUSTRIES), employees: random.pick(SIZES),
      country: random.pick(COUNTRIES), source: random.pick(SOURCES), page_url: pageOf(key),
      ...(random.below(2) === 0 ? { phone: `+1212${2_000_000 + person}` } : {}),
      ...(random.below(4) === 0 ? { external_id: `person-${person}` } : {}),
    },
  };
}

/** The same person, who says something else of himself: so that the order in which the two come matters. */
function twinOf(random: Random, first: Submission): Submission {
  const key = `${first.key}-twin`;
  return {
    key, person: first.person, kind: 'twin', entry: entryOf(random),
    body: { ...first.body, job_title: random.pick(OTHER_TITLES), budget: `${10 + random.below(90)}k`, page_url: pageOf(key) },
  };
}

function repetitionOf(random: Random, sent: readonly Submission[]): Submission {
  const original = random.below(2) === 0 ? random.pick(sent.slice(-STILL_ON_ITS_WAY)) : random.pick(sent);
  return { ...original, kind: 'repetition' };
}
