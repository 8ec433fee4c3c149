import { Injectable } from '@nestjs/common';
import { Loop } from '@headwater/messaging';
import { TableStatisticsStore } from '../store/table-statistics.store';

const EVERY_MS = 2_000;
/** A connection tells of what it has written ten seconds later at the latest. */
const FOR_MS = 15_000;

/** Keeps what PostgreSQL knows of our tables up to date while imports make them grow, beside the imports: a look at a large table takes as long as some batches. */
@Injectable()
export class RefreshStatistics extends Loop {
  protected readonly whenFailed = 'PostgreSQL plans for the tables as they were';
  private growsUntil = -Infinity;

  constructor(private readonly statistics: TableStatisticsStore) {
    super();
  }

  /** Rows came in, very many perhaps. */
  grew(): void {
    this.growsUntil = performance.now() + FOR_MS;
  }

  protected async round(): Promise<number> {
    if (performance.now() < this.growsUntil) await this.statistics.refresh();
    return EVERY_MS;
  }
}
