import { Flag } from '@headwater/contracts';

/** For requests that can say what they would do, and do nothing. */
export class DryRunParameter {
  @Flag({ description: 'true: say what would become of it, and write nothing' }) dry_run?: boolean;
}
