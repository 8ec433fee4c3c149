import { AuditController } from './audit.controller';
import { ModelsController } from './models.controller';

/** Everything over HTTP about how leads are scored. */
export const SCORING = { controllers: [AuditController, ModelsController] };
