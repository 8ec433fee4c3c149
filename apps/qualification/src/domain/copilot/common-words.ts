/** Words that may begin an English sentence, and so have a capital though they name nobody. What isn't here has to be in the record. */
export const SENTENCE_STARTS: ReadonlySet<string> = new Set(`
a about above according add after all also although always an and another any are as ask at authority based because before both budget but by call
can clearly company confirm confirmed consider contact contacted convert could current currently decision despite did do does due during each either
engagement even every evidence first follow for from further get given good great has have he her here his hot how however i if in indeed interest it its
just kind lead leads let like likely looking many may might missing more most moreover my need next no nobody none not note notes nothing now of offer on once
only or other our overall owner people please qualification qualified recommend regarding reason role schedule score scoring see send several she should
signals since so some someone somebody still strong such suggest talk tell temperature thank thanks that the their then there therefore these they this those though timeline
title to together too under unless until up use very was we were what when where whether which while who whoever whose why will with within without would write
yes yet you your best dear hello hi regards sincerely cheers warm cold yours it's i'm i'd i'll we'd we'll you're that's there's let's
`.split(/\s+/).filter(Boolean));

/** May have a capital anywhere. */
export const ALWAYS: ReadonlySet<string> = new Set(['i', 'bant', 'crm', 'ok', "i'm", "i'd", "i'll", "i've"]);

export const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** Say a time that the record would have to say as well. */
export const TIMES = new RegExp(
  `\\b(?:${[...MONTHS.filter((month) => month !== 'may' && month !== 'march'), 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].join('|')}`
  + '|tomorrow|yesterday|tonight|(?:next|last|this|coming) (?:week|month|quarter|year)|spring|summer|autumn|winter)\\b', 'gi');

/** Count without digits. "one" is mostly no number. */
export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, dozen: 12, fifteen: 15, twenty: 20, thirty: 30,
  forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90, hundred: 100, hundreds: 100, thousand: 1_000, thousands: 1_000, million: 1_000_000,
  millions: 1_000_000, billion: 1_000_000_000, half: 0.5, twice: 2, double: 2, doubled: 2, triple: 3, tripled: 3,
};
