import { DeliveriesStore } from '../store/deliveries.store';
import { NameDeliveries1764144040001 } from '../store/migrations/name-deliveries';
import { AskVendor } from './ask-vendor';
import { ConnectorsController } from './connectors.controller';
import { FetchRecords } from './fetch-records';
import { ReplaySubmission } from './replay-submission';
import { TakeInAgain } from './take-in-again';

/** What vendors delivered, and is looked at after it was taken in. */
export const CONNECTORS = {
  controllers: [ConnectorsController],
  providers: [DeliveriesStore, TakeInAgain, ReplaySubmission, AskVendor, FetchRecords],
  migrations: [NameDeliveries1764144040001],
  /** Of what was not ended, such as a record whose submission is kept no longer. */
  retentions: [{ table: 'record_fetch', column: 'next_at', days: 90 }],
};
