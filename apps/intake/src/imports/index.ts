import { ImportsStore } from '../store/imports.store';
import { CreateImports1764144050001 } from '../store/migrations/create-imports';
import { TableStatisticsStore } from '../store/table-statistics.store';
import { ChangeImport } from './change-import';
import { ImportWorker } from './import-worker';
import { ImportsController } from './imports.controller';
import { ReadImports } from './read-imports';
import { ReceiveFile } from './receive-file';
import { RefreshStatistics } from './refresh-statistics';
import { TakeInRows } from './take-in-rows';
import { TryRows } from './try-rows';

/** Files of leads. */
export const IMPORTS = {
  controllers: [ImportsController],
  providers: [
    ImportsStore, ReceiveFile, ChangeImport, ReadImports, TakeInRows, TryRows, TableStatisticsStore, RefreshStatistics, ImportWorker,
  ],
  migrations: [CreateImports1764144050001],
  retentions: [{ table: 'import_row', column: 'at', days: 90 }],
};
