import { clauseAt, type Clause } from './clauses';
import { everyMatch } from './every-match';
import { CUES, endsWith, has, typed } from './words/cues';
import { AREAS, GRADES, RANKS, RANKS_IN_CAPITALS, RANKS_WITH_AREA } from './words/positions';

/** A position as it is written, such as `Head of IT` or `chef de projet informatique`. */
export interface Position {
  title: string;
  start: number;
  end: number;
  /** somebody's of the lead's organisation, as far as the words before and behind don't say otherwise */
  isTheirs: boolean;
}

const whole = (patterns: readonly string[], flags = 'iu'): RegExp => new RegExp(`^(?:${typed(patterns)})$`, flags);
const RANK = whole(RANKS);
const WEAK = whole(RANKS_WITH_AREA);
const CAPITALS = whole(RANKS_IN_CAPITALS, 'u');
const AREA = whole(AREAS);
const GRADE = whole(GRADES);
/** At the top of everything, so of nothing: what stands behind them is a company. */
const TOP = /^(?:co-?)?c[a-z]{1,3}o$|^(?:pdg|dg|dga|daf|dsi|drh|gf|md|gm|ea|pa|owner|founder|co-?founder|inhaber\p{L}*|gesch\u00e4ftsf\u00fchrer\p{L}*)$/iu;
const AIDE = /^(?:assistante?|asistente|assistent|assistentin|secretary|secretari[ao]|secr\u00e9taire|sekret\u00e4rin|EA|PA)$/iu;
const OF = /^(?:of|for|de|des|du|d'|del|der|f\u00fcr|von)$/iu;
const ARTICLE = /^(?:the|la|le|l'|los|las|el)$/iu;
const AND = /^(?:\s?(?:&|\/)\s?|\s(?:and|und|et|y|e)\s)$/iu;
const JOINED = /^[ -]$/u;
const CHIEFS_OFFICE = /^(?:gesch\u00e4ftsleitung|gesch\u00e4ftsf\u00fchrung|vorstands?|direction|direcci\u00f3n|gerencia|management|board)$/iu;

/** English ranks that are of something, mostly of what stands before them. */
const OF_ANYTHING = /^(?:owner|manager|director|coordinator|supervisor|officer|administrator|lead|specialist)$/iu;
/** What may stand before a rank and says nothing of it. */
const NO_AREA = /^(?:décision|decisión|entscheidung|budget|presupuesto|the|an?|our|their|his|her|my|your|this|that|another|new|old|former|previous|next|same|other|current|only|real|actual|young|nice|friendly|right|wrong|responsible|hiring|no|not|every|any|each|some|which|what|as|with|by|from|for|to|of|is|was|are|were|be|met|spoke|talked|called|calls|asked|told|contact|contacts|and|or|but|says?|said|than|per|via|mr|mrs|ms|herr|frau|named|our|is|female|male|senior|deputy|one|two|three|both|all)$/iu;

/** What stands behind `of` is what they are of. */
const OF_WHATEVER = /^(?:director|head|dean|chief|vp|svp|evp|président[e]?|presidente|leiter(?:in)?|direktor(?:in)?|directeur|directrice|chef(?:fe)?|chargée?|directora|jef[ea]|responsable|gerente|contrôleu(?:r|se)|ingénieure?|technicienne?|gestionnaire|coordinat(?:eur|rice)|coordinadora?|ingenier[oa]|técnic[oa]|administradora?)$/iu;
const ROMANCE = /^(?:direct(?:eur|rice)|secr[ée]taire|assistante?|responsable|chef(?:fe)?|pr[ée]sidente?|adjointe?|directora?|gerente|jef[ea]|secretari[oa]|asistente|subdirectora?|coordinadora?)$/iu;
const ADJECTIVE = /^\p{Ll}{2,}(?:ale|ives?|if|i[eè]re?|iques?|aires?|elle|ic[oa]|iv[oa]|er[oa]|ari[oa]|[iu]al|nal)$/u;

/** Behind them the area may stand after a comma: `VP, People`. */
const LISTED = /^(?:[sea]?vp|director|head|manager|president)$/iu;

interface Word { text: string; start: number; end: number }
const WORD = /(?<![\p{L}])[dl]'(?=\p{L})|[A-Z]{1,2}&[A-Z](?![\p{L}])|(?:sr|jr|stv)\.|[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?/giu;

/**
 * What is known of words: the same come again and again. It changes no answer. Of long ones nothing is kept: from 13 characters on V8 makes
 * a view of the note, not a copy, and would keep all of it, and what it says of people, as long as the word.
 */
const KNOWN = new Map<string, boolean>();
const MOST_KNOWN = 5_000;
const LONGEST_KNOWN = 12;
function isRankAlone(word: string): boolean {
  const known = KNOWN.get(word);
  if (known !== undefined) return known;
  const is = RANK.test(word) || CAPITALS.test(word) || WEAK.test(word);
  if (word.length > LONGEST_KNOWN) return is;
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(word, is);
  return is;
}

/** A sentence's words, walked over from each rank to both sides. */
class Walk {
  readonly words: readonly Word[];

  constructor(readonly sentence: string) {
    this.words = everyMatch(WORD, sentence).map(({ 0: text, index }) => ({ text, start: index, end: index + text.length }));
  }

  /** what stands between a word and the one before it */
  gap(i: number): string {
    return this.sentence.slice(this.words[i - 1]?.end ?? 0, this.words[i]?.start);
  }

  isArea(i: number): boolean {
    const word = this.words[i];
    // `public works`, but the buyer works
    if (word && /^works$/iu.test(word.text) && !/^public$/iu.test(this.words[i - 1]?.text ?? '')) return false;
    return word !== undefined && (AREA.test(word.text) || (/^\p{Lu}\p{L}{4,}s$/u.test(word.text) && AREA.test(word.text.slice(0, -1))) || (word.text.includes('-') && word.text.split('-').every((part) => AREA.test(part))));
  }

  /** The first word of the grade and the areas before a rank. */
  first(rank: number): number {
    let from = rank;
    while (from > 0 && rank - from < 5) {
      const before = this.words[from - 1]!.text;
      const isPart = JOINED.test(this.gap(from)) && (GRADE.test(before) || this.isArea(from - 1));
      const isPaired = from < rank && AND.test(this.gapAround(from)) && this.isArea(from) && this.isArea(from - this.step(from));
      const isNamed = from === rank && !isPart && !isPaired && this.isNamed(rank);
      if (!isPart && !isPaired && !isNamed) break;
      from -= isPaired && !isPart ? this.step(from) : 1;
    }
    return from;
  }

  /** `the fraud manager`, `Fraud manager owns it`, `is Integration Manager`: what stands before some ranks is what they are of, whatever it is. */
  private isNamed(rank: number): boolean {
    const [word, before] = [this.words[rank - 1]?.text ?? '', this.words[rank - 2]?.text ?? ''];
    if (!OF_ANYTHING.test(this.words[rank]!.text) || this.gap(rank) !== ' ' || NO_AREA.test(word) || !/^\p{L}{3,}$/u.test(word)) return false;
    const isCapital = /^\p{Lu}/u.test(word);
    const isFirst = rank === 1 && isCapital && !/^\p{Lu}/u.test(this.words[rank]!.text);
    return isFirst || (isCapital && rank > 1 && /^\p{Lu}/u.test(this.words[rank]!.text)) || (!isCapital && /^(?:the|their)$/iu.test(before));
  }

  /** The last word of what a rank is of; the rank itself where it is of nothing. */
  last(rank: number): number {
    const { text } = this.words[rank]!;
    let to = rank;
    if (AIDE.test(text)) to = this.chief(rank);
    if (to === rank && !TOP.test(text)) to = this.area(rank);
    return to === rank ? rank : this.alsoOf(to);
  }

  /** `secrétaire médicale`, `directora jurídica`: the French and the Spanish say behind a rank what it is of. */
  private isAdjective(i: number): boolean {
    return ROMANCE.test(this.words[i - 1]!.text) && ADJECTIVE.test(this.words[i]?.text ?? '');
  }

  private area(rank: number): number {
    if (JOINED.test(this.gap(rank + 1)) && (this.isArea(rank + 1) || this.isAdjective(rank + 1))) return rank + 1;
    // `VP CS`, `Head MKTG`
    if (this.gap(rank + 1) === ' ' && LISTED.test(this.words[rank]!.text) && /^[A-Z]{2,4}$/u.test(this.words[rank + 1]!.text) && !this.isRank(rank + 1)) return rank + 1;
    if (this.gap(rank + 1) === ', ' && LISTED.test(this.words[rank]!.text) && this.isArea(rank + 1) && /^\p{Lu}/u.test(this.words[rank + 1]!.text)) return rank + 1;
    if (!OF.test(this.words[rank + 1]?.text ?? '') || !/^\.? $/u.test(this.gap(rank + 1))) return rank;
    if (/^for it$/u.test(`${this.words[rank + 1]!.text} ${this.words[rank + 2]?.text}`)) return rank; // `asks her director for it`
    const at = ARTICLE.test(this.words[rank + 2]?.text ?? '') ? rank + 3 : rank + 2;
    const isNext = /^ ?$/u.test(this.gap(at)) && at < this.words.length;
    const isNamed = OF_WHATEVER.test(this.words[rank]!.text) && /^\p{L}{3,}$/u.test(this.words[at]?.text ?? '') && !NO_AREA.test(this.words[at]!.text);
    return isNext && (isNamed || this.isArea(at) || /^\p{Lu}/u.test(this.words[at]!.text)) ? at : rank;
  }

  /** Whose assistant somebody is. */
  private chief(rank: number): number {
    if (!/^(?:to|of|der|des|du|de|del)$/iu.test(this.words[rank + 1]?.text ?? '')) return rank;
    const at = ARTICLE.test(this.words[rank + 2]?.text ?? '') || /^(?:our|their|my)$/iu.test(this.words[rank + 2]?.text ?? '') ? rank + 3 : rank + 2;
    if (CHIEFS_OFFICE.test(this.words[at]?.text ?? '')) return at;
    for (let i = at; i < Math.min(at + 4, this.words.length); i += 1) {
      if (this.isRank(i) && this.first(i) <= at) return Math.max(i, this.last(i));
    }
    return rank;
  }

  /** `Sales and Marketing`, `Finance & Admin`, `projet informatique` */
  private alsoOf(last: number): number {
    let to = last;
    for (;;) {
      if (/^[ /-]$/u.test(this.gap(to + 1)) && this.isArea(to + 1)) to += 1;
      else if (AND.test(this.gap(to + 1)) && this.isArea(to + 1)) to += 1;
      else if (AND.test(` ${this.words[to + 1]?.text ?? ''} `) && this.isArea(to + 2)) to += 2;
      else if (OF.test(this.words[to + 1]?.text ?? '') && /^ ?$/u.test(this.gap(to + 2)) && this.isArea(to + 2)) to += 2;
      else return to;
    }
  }

  isRank(i: number): boolean {
    const text = this.words[i]?.text ?? '';
    if (/^head$/iu.test(text) && /^office$/iu.test(this.words[i + 1]?.text ?? '')) return false;
    if (/^chief$/iu.test(text) && this.words.slice(i + 1, i + 4).some((word) => /^officer$/iu.test(word.text))) return false;
    // `in charge of`, but `chargée de`
    if (/^charge$/iu.test(text) && !/^(?:de|d')$/iu.test(this.words[i + 1]?.text ?? '')) return false;
    const parts = text.split('-');
    const isJoined = parts.length > 1 && RANK.test(parts.at(-1)!) && parts.slice(0, -1).every((part) => AREA.test(part));
    return isJoined || isRankAlone(text);
  }

  private step(from: number): number {
    return /^(?:and|und|et|y|e)$/iu.test(this.words[from - 1]?.text ?? '') ? 2 : 1;
  }

  private gapAround(from: number): string {
    return this.step(from) === 2 ? ` ${this.words[from - 1]!.text} ` : this.gap(from);
  }
}

/** Words that are a position only as part of a longer one. */
const NOT_ALONE = /^(?:assistant|charg[ée]e?|admin|comptable|associ\u00e9e?|t\u00e9cnic[oa]|architect|lead)$/iu;
/** `project manager tool`, `CEO newsletter`: a word behind that makes it a thing. */
const A_THING = /^'s\s(?!(?:final |formal |written |verbal |explicit )?(?:call|decision|choice|approval|ok|okay|sign-?off|signature|go-?ahead|green light|blessing|consent|nod|yes)\b|our|the|in|on|a|not)\p{L}|^[- ](?:software|tools?|role|position|vacancy|training|newsletter|report|level|account|panel|rights|system|portals?)(?![\p{L}])/iu;
/** `his manager`: what somebody is to somebody, no title. */
const TO_SOMEBODY = /(?<![\p{L}])(?:his|her|my|sein\p{L}*|ihr\p{L}*|son|sa|su)\s(?:direct\s|direkte\p{L}*\s)?$/iu;
const RELATION = /^(?:manager(?:in)?|supervisor|director|vp|chef(?:in)?|jef[ea]|patronn?e?)$/iu;
const HOLDS = /(?<![\p{L}])(?:budget|process|current|deal|account|economic)[ -]$/iu;

/** Every position that a sentence names, by its own words. */
export function positionsIn(sentence: string, clauses: readonly Clause[]): Position[] {
  const walk = new Walk(sentence);
  const found: Position[] = [];
  for (let i = 0; i < walk.words.length; i += 1) {
    if (!walk.isRank(i)) continue;
    const [from, to] = [walk.first(i), walk.last(i)];
    const [start, end] = [walk.words[from]!.start, walk.words[to]!.end];
    const title = sentence.slice(start, end);
    const isWhole = to > i || from < i || (!(WEAK.test(title) && !CAPITALS.test(title)) && !NOT_ALONE.test(title));
    const last = found.at(-1);
    if (last && isWhole && isSamePerson(last.title, sentence.slice(last.end, start), title)) {
      found[found.length - 1] = { ...last, title: sentence.slice(last.start, end), end };
      i = to;
      continue;
    }
    const isRelation = RELATION.test(title) && TO_SOMEBODY.test(sentence.slice(Math.max(0, start - NEAR), start));
    if (isWhole && !isRelation && start >= (found.at(-1)?.end ?? 0) && !A_THING.test(sentence.slice(end, end + NEAR)) && !(/^(?:owners?|buyer)$/iu.test(title)
      && HOLDS.test(sentence.slice(Math.max(0, start - NEAR), start)))) {
      found.push({ title, start, end, isTheirs: isTheirs(sentence, clauses[clauseAt(clauses, start)]!, start, end) });
      i = to;
    } else if (isWhole && start < (found.at(-1)?.end ?? 0)) i = to;
  }
  return found;
}

/** Whoever is gone has no say. */
const GONE = /^,?\s+(?:(?:has|have|had|is|was|just|already|recently)\s)*(?:left|quit|resigned|retired|departed|leaving|fired|let go)(?![\p{L}])|^\s+(?:hat\s(?:\p{L}+\s)*(?:verlassen|gek\u00fcndigt)|ist (?:weg|ausgeschieden)|est parti|a quitt\u00e9|se fue|ha dejado)/iu;

const OWNER = /^(?:co-?)?(?:founder|owner|inhaber(?:in)?|gründer(?:in)?|fondat(?:eur|rice)|fundadora?|dueñ[oa])$/iu;
/** `Founder/CEO`, `owner and managing director`: who owns it may also run it. */
const isSamePerson = (one: string, between: string, other: string): boolean => OWNER.test(one) !== OWNER.test(other)
  && (/^\s?[/&+ ]\s?$/u.test(between) || (/^ (?:and|und|et|y) $/iu.test(between) && [one, other].some((title) => !OWNER.test(title) && TOP.test(title))));

/** How far back words bear on a position: longer stretches only cost time. */
const NEAR = 60;
const OURS = endsWith('notTheirs');
const ELSEWHERE_BEHIND = /^\s+(?:eine[sr] anderen|unseres|unserer)\s|^\s+(?:on|at|from) our (?:side|end|team)|^\s+(?:at|of|from|bei|chez|von|de|en|in)\s+(?:(?:their|its|the|leur|ihr\p{L}*|su|ein\p{L}*)\s(?:\p{L}+\s)?(?:competitors?|parent|customers?|clients?|suppliers?|vendors?|rival|concurrent|client|maison m\u00e8re|wettbewerb\p{L}*|kunden|lieferant\p{L}*|competidor|cliente|proveedor)(?![\p{L}])|another|one of|our|otra|otro|unser\p{L}*|notre|nuestr[oa])\s|^\s+(?:(?:at|of|from|bei|chez|von|de|en)\s(?:an?|einem?r?|un|una|une)|eine[sr])\s(?:\p{L}+\s)?(?:competitors?|friends?|customers?|clients?|suppliers?|vendors?|partners?|rivals?|different|concurrent|wettbewerb\p{L}*|kunden?|lieferant\p{L}*|bekannten|andere\p{L}*|competidor|cliente|proveedor|autre)(?![\p{L}])/iu;
/** `user, not buyer` */
const DENIED = /(?<![\p{L}])(?:not|nicht|kein\p{L}*|pas|no)\s(?:(?:the|an?|der|die|le|la|el|un|une)\s)?$/iu;
const BEFORE_NOW = /(?:\bused to be|\bwar fr(?:\u00fc|ue?)her|\bformerly|\bpreviously|\bera|\bfue|\b\u00e9tait)(?: \p{L}+){0,2} $/iu;

function isTheirs(sentence: string, clause: Clause, start: number, end: number): boolean {
  const before = sentence.slice(Math.max(clause.start, start - NEAR), start);
  if (DENIED.test(before)) return false;
  if (OURS.test(before.replace(/[-\s]+$/u, ' ')) || BEFORE_NOW.test(before)) return false;
  return !GONE.test(sentence.slice(end, end + NEAR)) && !ELSEWHERE_BEHIND.test(sentence.slice(end, end + NEAR)) && !has(CUES.elsewhere, before.slice(-40));
}
