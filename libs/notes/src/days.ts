import * as chrono from 'chrono-node';
import { everyMatch } from './every-match';
import { isoDay, MONTH, monthOf, type Period } from './periods';

const NUMERIC = /(?<![\d./-])(?:(?<y>20\d\d)-(?<m>\d{2})-(?<d>\d{2})|(?<d2>\d{1,2})\.(?<m2>\d{1,2})\.(?<y2>(?:20)?\d\d)?)(?![\d])/gu;
const NAMED = new RegExp(`(?<![\\p{L}\\p{N}])(?:le |el |am |den |zum )?(?<day>\\d{1,2})(?:\\.|er|st|nd|rd|th)?\\s(?:de\\s|of\\s)?(?:${MONTH})\\.?(?:(?:,? |\\sde(?:l)?\\s)(?<year>20\\d\\d))?(?![\\p{L}\\p{N}])`, 'giu');
/** The library takes its time, so it is asked only where a day may be named, and not of what is no sentence. */
const DAY_NAMED = /\d[/-]\d|day\b|\d.{0,4}\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6}\.? \d/iu;
const LONG = 1_000;
const LENGTH_OR_NOW = /(?:\d+|an?|one|two|three|six)\s(?:days?|weeks?|months?|years?)|^(?:now|today|heute|jetzt|hoy|tonight|this morning|aujourd'hui)/iu;

/** Single days: numeric and with a month's name in the four languages; what else English says of days, a library reads. */
export function daysIn(text: string, today: string): Period[] {
  const known = everyMatch(NUMERIC, text).flatMap((match) => {
    const { y, m, d, d2, m2, y2 } = match.groups!;
    return dayOf(match, Number(d ?? d2), Number(m ?? m2), y ? Number(y) : y2 ? Number(y2) % 100 + 2000 : null, today);
  }).concat(everyMatch(NAMED, text).flatMap((match) => dayOf(match, Number(match.groups!.day), monthOf(match), match.groups!.year
    ? Number(match.groups!.year) : null, today)));
  const reference = new Date(`${today}T12:00:00Z`);
  const english = text.length < LONG && DAY_NAMED.test(text)
    ? chrono.en.parse(text, { instant: reference, timezone: 'UTC' }, { forwardDate: true }) : [];
  const others = english.filter(({ start, text: words }) => (start.isCertain('day') || start.isCertain('weekday')) && !LENGTH_OR_NOW.test(words))
    .map(({ index, text: words, start, end }): Period => ({
      by: isoDay(Date.UTC((end ?? start).get('year')!, (end ?? start).get('month')! - 1, (end ?? start).get('day')!)), days: null, start: index,
        end: index + words.length,
    })).filter((one) => !known.some(({ start, end }) => start < one.end && one.start < end));
  return [...known, ...others].map((one) => beforeIt(one, text));
}

/** Before a day is by the day before it. */
const beforeIt = (one: Period, text: string): Period =>
  (/(?:before|vor dem|avant le|antes del)\s$/iu.test(text.slice(0, one.start)) ? { ...one, by: isoDay(Date.parse(one.by) - 86_400_000) } : one);

/** A day without a year is the next one to come, unless it has passed in these three months. */
function dayOf({ 0: words, index }: RegExpMatchArray, day: number, month: number, year: number | null, today: string): Period[] {
  if (day < 1 || day > 31 || month < 1 || month > 12) return [];
  const from = Number(today.slice(0, 4));
  const isLongPast = Date.UTC(from, month - 1, day) < Date.parse(today) - 90 * 86_400_000;
  return [{ by: isoDay(Date.UTC(year ?? from + (isLongPast ? 1 : 0), month - 1, day)), days: null, start: index!, end: index! + words.length }];
}
