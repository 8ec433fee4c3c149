import { KeyTouchesStore } from '../store/key-touches.store';
import { ConvertingController } from './converting.controller';
import { DescribeLeads } from './describe-leads';

/** Leads that are converted. */
export const CONVERTING = { controllers: [ConvertingController], providers: [DescribeLeads, KeyTouchesStore] };
