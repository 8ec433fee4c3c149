import { SearchRecords1764150000701 } from '../store/migrations/search-records';
import { RecordLists } from '../store/record-lists.store';
import { RecordSearch } from '../store/record-search.store';
import { WordFrequencies } from '../store/word-frequencies';
import { RecordWrites } from '../store/record-writes.store';
import { ChangeRecords } from './change-records';
import { CheckOwner } from './check-owner';
import { KeepAccounts } from './keep-accounts';
import { KeepContacts } from './keep-contacts';
import { KeepCustomers } from './keep-customers';
import { ReadQuery } from './read-query';
import { RecordsController } from './records.controller';

/** Accounts, contacts and customers as people list, find, make and change them. */
export const RECORDS = {
  controllers: [RecordsController],
  providers: [KeepAccounts, KeepContacts, KeepCustomers, ChangeRecords, CheckOwner, ReadQuery, RecordLists, RecordSearch, RecordWrites, WordFrequencies],
  migrations: [SearchRecords1764150000701],
};
