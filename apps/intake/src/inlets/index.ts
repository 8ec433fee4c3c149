import { InletsStore } from '../store/inlets.store';
import { CreateInlets1764144030001 } from '../store/migrations/create-inlets';
import { FindInlets } from './find-inlets';
import { InletsController } from './inlets.controller';
import { ManageInlets } from './manage-inlets';

/** The ways in that tenants set up. */
export const INLETS = {
  controllers: [InletsController], providers: [InletsStore, FindInlets, ManageInlets], migrations: [CreateInlets1764144030001],
};
