import { Injectable } from '@nestjs/common';
import type { Customer } from '@headwater/contracts';
import type { Database } from '@headwater/platform';
import type { SearchTerm } from '../domain/search-term';
import { CUSTOMER, OF_CONTACT_AND_ACCOUNT } from './records.store';

/** How many candidates of one kind are looked at: search does bounded work, however common a word is. */
const MOST_CANDIDATES = 200;

/** What is searched for, as tsquery in the lexemes of the index; null where nothing is. */
export interface Lexemes {
  /** all words */
  words: string | null;
  /** some of several words */
  some: string | null;
  /** part of a phone number, which is compared then */
  phone: string | null;
}

/** Every query that looks for customers, accounts and contacts by what somebody typed. */
@Injectable()
export class RecordSearch {
  /** The words of a query are the beginnings of the words that it finds. */
  async lexemesOf(database: Database, tenant: string, { text, digits, email }: SearchTerm): Promise<Lexemes & { folded: string }> {
    const [{ words, folded, grams }] = await database.query<{ words: string[]; folded: string; grams: string[] | null }>(
      'select search_words($1) as words, folded($1) as folded, digit_grams($2) as grams', [text, digits]);
    if (email) return { words: null, some: null, phone: null, folded }; // whoever asks for one e-mail means that one
    const own = quoted(`=${tenant}`);
    const asked = words.slice(0, MOST_WORDS).map((word) => `${quoted(word)}:*`);
    return {
      words: asked.length > 0 ? [own, ...asked].join(' & ') : null,
      some: asked.length > 1 ? `${own} & (${asked.join(' | ')})` : null,
      phone: grams && [own, ...grams.map(quoted)].join(' & '),
      folded,
    };
  }

  /**
   * The best customers first: the very number or e-mail (rank 0), a name that is the query (1), a name that begins with it (2),
   * names that have all its words, or a phone with its digits (3), words of the person and of the company together (4); within
   * a rank the newest. Of what very many have, the newest are found.
   */
  async customers(database: Database, tenant: string, term: SearchTerm, limit: number): Promise<Customer[]> {
    const { words, some, phone, folded } = await this.lexemesOf(database, tenant, term);
    return database.query<Customer>(`
      with numbered as materialized (
        (select id, 0 as rank from customer where tenant_id = $1 and customer_number = any($2::text[]))
        union all
        (select customer.id, 0 from contact join customer on contact_id = contact.id
         where contact.tenant_id = $1 and email_normalised = $3 order by contact.id desc limit ${MOST_CANDIDATES})
      ), named as materialized (
        (select customer.id, case when name_folded = $4 then 1 else 2 end as rank from contact join customer on contact_id = contact.id
         where $5::text is not null and contact.tenant_id = $1 and name_folded like $5 order by name_folded using ~<~, contact.id desc limit ${MOST_CANDIDATES})
        union all
        (select customer.id, case when name_folded = $4 then 1 else 2 end from account join customer on customer.account_id = account.id
         where $5::text is not null and account.tenant_id = $1 and name_folded like $5 order by name_folded using ~<~, account.id desc limit ${MOST_CANDIDATES})
      ), worded as materialized (
        (select customer.id, 3 as rank from contact join customer on contact_id = contact.id
         where contact.tenant_id = $1 and search @@ $6::tsquery order by contact.id desc limit ${MOST_CANDIDATES})
        union all
        (select customer.id, 3 from account join customer on customer.account_id = account.id
         where account.tenant_id = $1 and search @@ $6::tsquery order by account.id desc limit ${MOST_CANDIDATES})
        union all
        (select customer.id, 3 from contact join customer on contact_id = contact.id
         where contact.tenant_id = $1 and search @@ $8::tsquery and (phone_digits like '%' || $9 || '%' or mobile_digits like '%' || $9 || '%')
         order by contact.id desc limit ${MOST_CANDIDATES})
      ), together as materialized (
        select customer.id, 4 as rank
        from (select id, search from account where tenant_id = $1 and search @@ $7::tsquery order by id desc limit ${MOST_CANDIDATES}) as company
        join contact on contact.account_id = company.id join customer on contact_id = contact.id
        where company.search || contact.search @@ $6::tsquery limit ${MOST_CANDIDATES}
      ), found as (
        select id, min(rank) as rank from (
          select * from numbered union all select * from named union all select * from worded union all select * from together
        ) as candidate group by id order by rank, id desc limit $10
      )
      select ${CUSTOMER} from found join customer using (id) ${OF_CONTACT_AND_ACCOUNT} order by rank, customer.id desc`, [
      tenant, term.numbers, term.email, folded, term.email || folded === '' ? null : `${escaped(folded)}%`, words, some, phone, term.digits, limit,
    ]);
  }
}

/** Of a query; more say nothing more. */
const MOST_WORDS = 8;

const quoted = (lexeme: string): string => `'${lexeme.replace(/[\\']/g, '$&$&')}'`;
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
