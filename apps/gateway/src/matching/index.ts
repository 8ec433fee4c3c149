import { PreviewLeads } from '../capture/preview-leads';
import { DuplicatesController } from './duplicates.controller';
import { MatchingModelController } from './matching-model.controller';

/** Everything over HTTP about leads that may be one person. */
export const MATCHING = { controllers: [DuplicatesController, MatchingModelController], providers: [PreviewLeads] };
