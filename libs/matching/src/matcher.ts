import { agree, namesPerson, type Comparable, type FieldAgreement, type RecordAgreement } from './agree';
import type { Frequencies } from './frequencies';
import type { Level } from './kind';
import { comparedFields, type ComparedField, type MatchingModel } from './model';

/** What the agreement on one field says. */
export interface Evidence {
  field: string;
  /** name of the kind's level */
  level: string;
  /** log2 of how much likelier such agreement is of one person than of two */
  bits: number;
}

export type Band = 'same' | 'review' | 'new';

/** Stands in the evidence for a postal code and a city together. */
export const PLACE = 'place';

/** Why two records may be one person's, field by field. */
export interface Comparison {
  evidence: Evidence[];
  /** its sum, with no more for surroundings (a place that is told twice among them) than these are worth, and of persons no less than of who has moved */
  bits: number;
  /** that both are one person's, 0 to 1 */
  probability: number;
  band: Band;
  /** why a pair that is as likely as those that are the same is for people to decide */
  held: Held | null;
}

/** `relatives` are as likely; of an organisation more differs than `spelling`. */
export type Held = 'relatives' | 'spelling';

/** The order of the names that fits better. */
interface Reading {
  agreements: readonly FieldAgreement[];
  swapped: boolean;
  bits: number;
  near: boolean;
}

const PLACE_FIELDS = ['postal_code', 'city'] as const;
/** How often the two boxes of a name are mixed up: once in 32 forms. */
const SWAPPED: Evidence = { field: 'full_name', level: 'swapped', bits: -5 };
/** Most cities follow from their postal code: what is listed of both is more than they are worth together. */
const toldTwice = (bits: number): Evidence => ({ field: PLACE, level: 'told twice', bits: -bits });
/** In bits: who has moved differs in all of the surroundings at once, which they don't add up to. */
const MOVED = -9;
/** What relatives have in common, besides their surroundings. */
const OF_RELATIVES: ReadonlySet<string> = new Set(['last_name', 'email']);
/** In bits: what every second one has in common (a sex) tells no relatives apart. */
const COMMON = 1;
/** Words in common say something, however common they are. */
const MOST_COMMON = 0.5;

/**
 * Compares records by a model (Fellegi and Sunter 1969): how each field agrees is so much likelier, or less likely, of one
 * person than of two, and the prior chance is that of any record being a certain other's duplicate.
 */
export class Matcher {
  readonly fields: readonly ComparedField[];
  /** by field: the agreements that are weighed may come from another version of the model */
  private readonly levels: ReadonlyMap<string, readonly Level[]>;
  private readonly most: number;
  private readonly prior: number;
  /** those that speak of a person, and not of where they are */
  private readonly ownFields: readonly ComparedField[];

  /** @throws Error when the model names a kind that isn't there */
  constructor(private readonly model: MatchingModel, private readonly frequencies: Frequencies) {
    this.fields = comparedFields(model);
    this.levels = new Map(this.fields.map(({ name, levels }) => [name, levels]));
    this.ownFields = this.fields.filter((field) => !isSurrounding(field, true));
    const records = Math.max(2, frequencies.records);
    this.most = Math.log2(records / model.neighbours);
    this.prior = model.duplicates / records;
  }

  compare(a: Comparable, b: Comparable): Comparison {
    return this.weigh(agree(a, b, this.fields));
  }

  /**
   * Whether two records can be in question at all, by what is each person's own and the most that surroundings may add to it: quicker than
   * to compare. @returns true where only a comparison can tell
   */
  mayBeOne(a: Comparable, b: Comparable): boolean {
    if (!namesPerson(a) || !namesPerson(b)) return true;
    const { bits } = this.bestReading(agree(a, b, this.ownFields));
    return this.probabilityOf(bits + this.most) >= this.model.bands.review;
  }

  /** @param agreement by the fields of this matcher's model, with whatever weights */
  weigh(agreement: RecordAgreement): Comparison {
    const { agreements, swapped, bits } = this.bestReading(agreement);
    const evidence = agreements.map((one) => ({ field: one.field.name, level: this.levelOf(one).name, bits: this.bitsOf(one) }));
    if (swapped) evidence.push(SWAPPED);
    const twice = this.toldTwice(agreements);
    if (twice > 0) evidence.push(toldTwice(twice));
    const probability = this.probabilityOf(bits);
    return { evidence, bits, probability, ...this.bandOf(probability, agreements, agreement.ofPersons) };
  }

  /** What of it is needed to learn, for very many pairs. `near`: it is two persons, and who shares such surroundings is one of few. */
  likelihood(agreement: RecordAgreement): { agreements: readonly FieldAgreement[]; probability: number; near: boolean } {
    const { agreements, bits, near } = this.bestReading(agreement);
    return { agreements, probability: this.probabilityOf(bits), near: near && agreement.ofPersons };
  }

  private bestReading({ straight, swapped, ofPersons }: RecordAgreement): Reading {
    const asWritten = { agreements: straight, swapped: false, ...this.sumUp(straight, 0, ofPersons) };
    if (!swapped) return asWritten;
    const turned = { agreements: swapped, swapped: true, ...this.sumUp(swapped, SWAPPED.bits, ofPersons) };
    return turned.bits > asWritten.bits ? turned : asWritten;
  }

  /**
   * Surroundings say at best that it is one of those who share them, however many of their fields agree, and of persons at worst that
   * somebody has moved. Those who share them share a family name, too: beside clearly another's given name it says no more than they do.
   */
  private sumUp(agreements: readonly FieldAgreement[], before: number, ofPersons: boolean): { bits: number; near: boolean } {
    const isAnother = agreements.some((agreement) => agreement.field.name === 'first_name' && this.levelOf(agreement).contrary);
    let identity = before;
    let surroundings = 0;
    for (const agreement of agreements) {
      const bits = this.bitsOf(agreement);
      const isOfRelatives = isAnother && bits > 0 && agreement.field.name === 'last_name';
      if (isOfRelatives || isSurrounding(agreement.field, ofPersons)) surroundings += bits;
      else identity += bits;
    }
    const shared = surroundings - this.toldTwice(agreements);
    const most = Math.min(shared, this.most);
    return { bits: identity + (ofPersons ? Math.max(most, MOVED) : most), near: shared >= this.most };
  }

  /** In bits, how much commoner a postal code and its city are together than if they had nothing to do with each other. */
  private toldTwice(agreements: readonly FieldAgreement[]): number {
    const [code, city] = PLACE_FIELDS.map((name) => agreements.find(({ field }) => field.name === name));
    if (!code || !city || this.levelOf(code).by !== 'value' || this.levelOf(city).by !== 'value') return 0;
    const [ofCode, ofCity] = [this.coincidence(code), this.coincidence(city)];
    const apart = ofCode * ofCity;
    const together = this.frequencies.ofPlace(code.common[0]!, city.common[0]!, apart, 1 + this.model.duplicates);
    return Math.log2(Math.max(apart, Math.min(together, ofCode, ofCity)) / apart);
  }

  private bitsOf(agreement: FieldAgreement): number {
    return Math.log2(this.levelOf(agreement).m / this.coincidence(agreement));
  }

  private probabilityOf(bits: number): number {
    const odds = this.prior * 2 ** bits;
    return odds === Infinity ? 1 : odds / (1 + odds);
  }

  private levelOf({ field, level }: FieldAgreement): Level {
    return this.levels.get(field.name)![level]!;
  }

  /** The probability that two different persons' values agree so. */
  private coincidence(agreement: FieldAgreement): number {
    const { field: { name, kind }, common } = agreement;
    const { u, by } = this.levelOf(agreement);
    const perPerson = 1 + this.model.duplicates;
    if (by === 'value') return Math.max(kind.rarest ?? 0, this.frequencies.ofValue(name, common[0]!, u, perPerson));
    if (by === 'rarest word') return Math.min(MOST_COMMON, ...common.map((word) => this.frequencies.ofWord(name, word, u, perPerson)));
    return u;
  }

  private bandOf(probability: number, agreements: readonly FieldAgreement[], ofPersons: boolean): Pick<Comparison, 'band' | 'held'> {
    const { same, review } = this.model.bands;
    if (probability < same) return { band: probability >= review ? 'review' : 'new', held: null };
    const held = this.reasonToHold(agreements, ofPersons);
    return { band: held ? 'review' : 'same', held };
  }

  /** Branches share name and telephone: where more differs than spelling, people decide whether an organisation is the same. */
  private reasonToHold(agreements: readonly FieldAgreement[], ofPersons: boolean): Held | null {
    if (ofPersons) return this.mayBeRelatives(agreements) ? 'relatives' : null;
    return agreements.every((agreement) => this.levelOf(agreement).alike) ? null : 'spelling';
  }

  /**
   * Relatives share a family name and their surroundings, even a mailbox, twins a date of birth, father and son a given name. One field
   * that speaks of another person may be a slip where something agrees that relatives don't share, nor half of all people; two are none.
   */
  private mayBeRelatives(agreements: readonly FieldAgreement[]): boolean {
    const contrary = agreements.filter((agreement) => this.levelOf(agreement).contrary).length;
    const isOwn = ({ field: { name, about } }: FieldAgreement): boolean => about === 'person' && !OF_RELATIVES.has(name);
    return contrary > 1 || (contrary === 1 && !agreements.some((agreement) => isOwn(agreement) && this.bitsOf(agreement) > COMMON));
  }
}

/** A record without a person stands for the organisation: its name is then who it is. */
const isSurrounding = ({ about }: ComparedField, ofPersons: boolean): boolean =>
  about === 'surroundings' || (about === 'organisation' && ofPersons);
