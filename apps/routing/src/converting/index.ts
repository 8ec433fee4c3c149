import { OwnersStore } from '../store/owners.store';
import { ConvertingController } from './converting.controller';
import { DescribeOwners } from './describe-owners';

/** Leads that are converted. */
export const CONVERTING = { controllers: [ConvertingController], providers: [DescribeOwners, OwnersStore] };
