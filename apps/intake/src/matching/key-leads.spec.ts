import { Logger } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { Lead } from '../domain/lead';
import { MatchRecordsStore } from '../store/match-records.store';
import { MatchingModelsStore } from '../store/matching-models.store';
import { CrowdedKeys } from './crowded-keys';
import { KeyLeads } from './key-leads';
import { KeyedRecords } from './keyed-records';
import { MatchingModels } from './matching-models';

const lead = (id: number, last_name: unknown) =>
  ({ id, tenant_id: 'demo', revision: 1, profile: { last_name }, facts: {}, reengaged_from: null }) as unknown as Lead;

/** PostgreSQL, as far as it is asked here. */
const answerTo = (sql: string): unknown[] => {
  if (sql.includes('pg_try_advisory_xact_lock_shared')) return [{ may: true }];
  return sql.includes('matching_model') ? [{ tenant_id: 'demo', model: 0, statistics: 0 }] : [{ lead_id: 1, is_new: true }];
};
const tx = { query: (sql: string) => Promise.resolve(answerTo(sql)), afterCommit: () => undefined } as unknown as Tx;

it('leaves new leads to be keyed in their turn where one of them can not be, in place of failing them', async () => {
  const records = new MatchRecordsStore();
  const keyLeads = new KeyLeads(records, new MatchingModels(new MatchingModelsStore()), new CrowdedKeys(records), new KeyedRecords(records));
  const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  expect(await keyLeads.keyNew(tx, [lead(1, 'Ray')])).toEqual(new Map([['demo', 1]]));
  expect(warned).not.toHaveBeenCalled();
  expect(await keyLeads.keyNew(tx, [lead(1, 'Ray'), lead(2, {})])).toBeNull();
  expect(warned).toHaveBeenCalledTimes(1);
  warned.mockRestore();
});
