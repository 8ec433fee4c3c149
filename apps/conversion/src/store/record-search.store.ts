import { Injectable } from '@nestjs/common';
import type { Customer } from '@headwater/contracts';
import type { Database } from '@headwater/platform';
import { MANY, tellingGrams } from '../domain/phone-grams';
import type { SearchTerm } from '../domain/search-term';
import { CUSTOMER, OF_CONTACT_AND_ACCOUNT } from './records.store';
import { WordFrequencies } from './word-frequencies';

/** How many candidates are taken from one place: search does bounded work, however common a word is. */
const MOST_CANDIDATES = 200;
/** How many of the newest records are looked through for what many have; for what few have the index is quick. */
const NEWEST = 2_000;
/** What begins with fewer letters may be so many rare words. */
const TELLING = 6;
/** Of a query; more say nothing more. */
const MOST_WORDS = 8;

/** What is searched for, as tsquery in the lexemes of the index; null where nothing is. */
export interface Lexemes {
  /** all words */
  words: string | null;
  /** some of several words */
  some: string | null;
  /** part of a phone number, which is compared then */
  phone: string | null;
}

interface Asked extends Lexemes {
  folded: string;
  /** the word that the index is asked for where few have it: to gather all who have a common one would take longer than to look at those few */
  rarest: string | null;
  /** whether all the digits are such as many have */
  isCommonPhone: boolean;
}
interface Ranked { id: number; rank: number }

/** Every query that looks for customers, accounts and contacts by what somebody typed. */
@Injectable()
export class RecordSearch {
  constructor(private readonly frequencies: WordFrequencies) {}

  /** The words of a query are the beginnings of the words that it finds. */
  async lexemesOf(database: Database, tenant: string, { text, digits }: SearchTerm): Promise<Asked> {
    const [{ words, folded, grams }] = await database.query<{ words: string[]; folded: string; grams: string[] | null }>(
      'select search_words($1) as words, folded($1) as folded, digit_grams($2) as grams', [text, digits]);
    const own = quoted(`=${tenant}`);
    const beginnings = words.slice(0, MOST_WORDS);
    const asked = beginnings.map((word) => `${quoted(word)}:*`);
    const shares = await this.frequencies.of(database, beginnings);
    const rarest = rarestOf(beginnings, shares);
    const numbers = grams && [`=${tenant}`, ...grams];
    const found = numbers && tellingGrams(numbers, await this.frequencies.ofNumbers(database, numbers));
    return {
      rarest: rarest === null ? null : `${own} & ${asked[rarest]}`,
      words: asked.length > 0 ? [own, ...asked].join(' & ') : null,
      some: asked.length > 1 ? `${own} & (${asked.join(' | ')})` : null,
      phone: found && found.telling.map(quoted).join(' & '),
      isCommonPhone: found !== null && found.areCommon,
      folded,
    };
  }

  /**
   * The best customers first: the very number or e-mail (rank 0), a name that is the query (1), a name that begins with it (2),
   * names that have all its words, or a phone with its digits (3), words of the person and of the company together (4); within
   * a rank the newest. What is less good is looked for only while there are too few, the last only when there is nothing else. Of
   * what very many have, some are found, the newest among them.
   */
  async customers(database: Database, tenant: string, term: SearchTerm, limit: number): Promise<Customer[]> {
    const ranks = new Map<number, number>();
    const add = (found: Ranked[]) => found.forEach(({ id, rank }) => ranks.set(id, Math.min(rank, ranks.get(id) ?? rank)));
    if (term.email || term.number) add(await this.numbered(database, tenant, term));
    if (!term.isExact) {
      const asked = await this.lexemesOf(database, tenant, term);
      if (ranks.size < limit) add(await this.named(database, tenant, asked));
      if (ranks.size < limit) add(await this.worded(database, tenant, asked, term.digits, limit));
      if (ranks.size === 0) add(await this.together(database, tenant, asked));
    }
    const best = [...ranks].sort(([a, rank], [b, other]) => rank - other || b - a).slice(0, limit).map(([id]) => id);
    if (best.length === 0) return [];
    return database.query<Customer>(`
      select ${CUSTOMER} from customer ${OF_CONTACT_AND_ACCOUNT} where customer.tenant_id = $1 and customer.id = any($2::bigint[])
      order by array_position($2::bigint[], customer.id)`, [tenant, best]);
  }

  private numbered(database: Database, tenant: string, { number, email }: SearchTerm): Promise<Ranked[]> {
    return database.query<Ranked>(`
      select id, 0 as rank from customer where tenant_id = $1 and customer_number = $2
      union all
      select customer.id, 0 from contact join customer on contact_id = contact.id where contact.tenant_id = $1 and email_normalised = $3`,
      [tenant, number, email]);
  }

  private async named(database: Database, tenant: string, { folded }: Asked): Promise<Ranked[]> {
    if (folded === '') return [];
    return database.query<Ranked>(`
      (select customer.id, case when name_folded = $2 then 1 else 2 end as rank from contact join customer on contact_id = contact.id
       where contact.tenant_id = $1 and name_folded like $3 order by name_folded using ~<~, contact.id desc limit ${MOST_CANDIDATES})
      union all
      (select customer.id, case when name_folded = $2 then 1 else 2 end from account join customer on customer.account_id = account.id
       where account.tenant_id = $1 and name_folded like $3 order by name_folded using ~<~, account.id desc limit ${MOST_CANDIDATES})`,
      [tenant, folded, `${folded.replace(/[\\%_]/g, '\\$&')}%`]);
  }

  private async worded(
    database: Database, tenant: string, { words, rarest, phone, isCommonPhone }: Asked, digits: string | null, enough: number,
  ): Promise<Ranked[]> {
    if (!words) return [];
    const newest = [
      ...(isCommonPhone ? await database.query<Ranked>(NEWEST_PHONES, [tenant, digits]) : []), ...(rarest ? [] : await this.newest(database, tenant, words)),
    ];
    if (new Set(newest.map(({ id }) => id)).size >= enough) return newest;
    return [...newest, ...await database.query<Ranked>(`
      (select customer.id, 3 as rank from contact join customer on contact_id = contact.id
       where contact.tenant_id = $1 and search @@ ${HIDDEN('$5')} and ts_match_vq(search, $2::tsquery) limit ${MOST_CANDIDATES})
      union all
      (select customer.id, 3 from account join customer on customer.account_id = account.id
       where account.tenant_id = $1 and search @@ ${HIDDEN('$5')} and ts_match_vq(search, $2::tsquery) limit ${MOST_CANDIDATES})
      union all
      (select customer.id, 3 from contact join customer on contact_id = contact.id
       where contact.tenant_id = $1 and search @@ ${HIDDEN('$3')} and ${HAS_DIGITS('$4')}
       limit ${MOST_CANDIDATES})`, [tenant, words, phone, digits, rarest ?? words])];
  }

  private async newest(database: Database, tenant: string, words: string): Promise<Ranked[]> {
    return (await Promise.all([
      database.query<Ranked>(newestQuery('contact', 'contact_id = found.id'), [tenant, words]),
      database.query<Ranked>(newestQuery('account', 'customer.account_id = found.id'), [tenant, words]),
    ])).flat();
  }

  private async together(database: Database, tenant: string, { words, some }: Asked): Promise<Ranked[]> {
    if (!some) return [];
    return database.query<Ranked>(`
      with company as materialized (select id, search from account where tenant_id = $1 and search @@ ${HIDDEN('$3')} limit ${MOST_CANDIDATES})
      select customer.id, 4 as rank from company join contact on contact.account_id = company.id join customer on contact_id = contact.id
      where company.search || contact.search @@ $2::tsquery limit ${MOST_CANDIDATES}`, [tenant, words, some]);
  }
}

/**
 * A tsquery that the planner doesn't see. It would take a word that it knows nothing of for common, and walk through all records
 * for the few that have it; unseen, it asks the index.
 */
const HIDDEN = (parameter: string): string => `(select ${parameter}::tsquery)`;

const HAS_DIGITS = (parameter: string): string => `(phone_digits like '%' || ${parameter} || '%' or mobile_digits like '%' || ${parameter} || '%')`;

const NEWEST_PHONES = `
  with newest as materialized (select id, phone_digits, mobile_digits from contact where tenant_id = $1 order by id desc limit ${NEWEST})
  select customer.id, 3 as rank from newest join customer on contact_id = newest.id where ${HAS_DIGITS('$2')} limit ${MOST_CANDIDATES}`;

/** The newest records of a kind, looked through one by one. */
const newestQuery = (table: 'account' | 'contact', isOf: string): string => `
  with newest as materialized (select id, search from ${table} where tenant_id = $1 order by id desc limit ${NEWEST}),
    found as materialized (select id from newest where search @@ $2::tsquery limit ${MOST_CANDIDATES})
  select customer.id, 3 as rank from found join customer on ${isOf} limit ${MOST_CANDIDATES}`;

/** @returns the place of the rarest word that few have, of equally rare ones the longest; null where there is none */
function rarestOf(words: string[], shares: number[]): number | null {
  const rare = words.flatMap((word, i) => (shares[i] < MANY && word.length >= TELLING ? [i] : []));
  return rare.length === 0 ? null : rare.reduce((best, i) => (shares[i] - shares[best] || words[best].length - words[i].length) < 0 ? i : best);
}

const quoted = (lexeme: string): string => `'${lexeme.replace(/[\\']/g, '$&$&')}'`;
