import { Injectable } from '@nestjs/common';
import type { Account, AccountFilter, Contact, ContactFilter, Customer, CustomerFilter } from '@headwater/contracts';
import type { Database } from '@headwater/platform';
import { normaliseEmail } from '../domain/match-keys';
import { conditionsOf, pageOf, type Page } from './page';
import type { Lexemes } from './record-search.store';
import { ACCOUNT, CONTACT, CUSTOMER, OF_CONTACT_AND_ACCOUNT } from './records.store';

interface Asked<Filter> { filter: Filter; cursor?: string; limit: number }

const NEWEST_FIRST = { sort: '-id', type: 'bigint' } as const;
const hasTag = (table: string) => (p: string) => `${table}.tags @> array[${p}]::text[]`;

/** What a list is narrowed down to, besides its filter. */
export interface Found extends Lexemes { digits: string | null }

/** Lists of accounts, contacts and customers, newest first. */
@Injectable()
export class RecordLists {
  accounts(database: Database, tenant: string, { filter, ...page }: Asked<AccountFilter>, found: Found | null): Promise<Page<Account>> {
    const { conditions, parameters, where } = conditionsOf('account', tenant);
    where((p) => `account.search @@ ${p}::tsquery`, found ? found.words : undefined);
    where((p) => `account.kind = ${p}`, filter.kind);
    where((p) => `account.domain = ${p}`, filter.domain?.toLowerCase());
    where((p) => `account.country = ${p}`, filter.country?.toUpperCase());
    where((p) => `account.owner_id = ${p}`, filter.owner_id);
    where(hasTag('account'), filter.tag);
    return pageOf<Account>(database, { select: ACCOUNT, from: 'account', table: 'account', conditions, parameters, ...NEWEST_FIRST, ...page });
  }

  contacts(database: Database, tenant: string, { filter, ...page }: Asked<ContactFilter>, found: Found | null): Promise<Page<Contact>> {
    const { conditions, parameters, where } = conditionsOf('contact', tenant);
    where((p) => `contact.search @@ ${p}::tsquery`, found ? found.phone ?? found.words : undefined);
    if (found?.phone) where((p) => `(contact.phone_digits like ${p} or contact.mobile_digits like ${p})`, `%${found.digits}%`);
    where((p) => `contact.account_id = ${p}`, filter.account_id);
    where((p) => `contact.email_normalised = ${p}`, filter.email === undefined ? undefined : normaliseEmail(filter.email) ?? '');
    where((p) => `contact.is_primary = ${p}`, filter.is_primary);
    where(hasTag('contact'), filter.tag);
    return pageOf<Contact>(database, { select: CONTACT, from: 'contact', table: 'contact', conditions, parameters, ...NEWEST_FIRST, ...page });
  }

  customers(database: Database, tenant: string, { filter, ...page }: Asked<CustomerFilter>): Promise<Page<Customer>> {
    const { conditions, parameters, where } = conditionsOf('customer', tenant);
    where((p) => `customer.account_id = ${p}`, filter.account_id);
    where((p) => `customer.type = ${p}`, filter.type);
    where((p) => `customer.status = ${p}`, filter.status);
    where((p) => `customer.owner_id = ${p}`, filter.owner_id);
    where(hasTag('customer'), filter.tag);
    return pageOf<Customer>(database, {
      select: CUSTOMER, from: `customer ${OF_CONTACT_AND_ACCOUNT}`, table: 'customer', conditions, parameters, ...NEWEST_FIRST, ...page,
    });
  }
}
