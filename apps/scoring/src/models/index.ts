import { KeepModelLifecycle1764150000101 } from '../store/migrations/keep-model-lifecycle';
import { RestRescores1764400000402 } from '../store/migrations/rest-rescores';
import { ModelVersionsStore } from '../store/model-versions.store';
import { RESCORES_KEPT_DAYS, RescoresStore } from '../store/rescores.store';
import { SimulationStore } from '../store/simulation.store';
import { ActivateModel } from './activate-model';
import { DraftModel } from './draft-model';
import { ModelsController } from './models.controller';
import { PutModel } from './put-model';
import { ReadModels } from './read-models';
import { RescoreChunks } from './rescore-chunks';
import { RescoreWorker } from './rescore-worker';
import { SimulateModel } from './simulate-model';
import { TryModel } from './try-model';

/** How a tenant scores: written, tried, activated, taken back, and what that makes of its leads. */
export const MODELS = {
  controllers: [ModelsController],
  providers: [
    ModelVersionsStore, RescoresStore, SimulationStore, TryModel, PutModel, DraftModel, ReadModels, ActivateModel, SimulateModel, RescoreChunks, RescoreWorker,
  ],
  migrations: [KeepModelLifecycle1764150000101, RestRescores1764400000402],
  retentions: [{ table: 'rescore', column: 'created_at', days: RESCORES_KEPT_DAYS, where: `state <> 'running'` }],
};
