import { InletsStore } from '../store/inlets.store';
import { FindInlets } from './find-inlets';
import { InletsController } from './inlets.controller';
import { ManageInlets } from './manage-inlets';

/** The ways in that tenants set up. */
export const INLETS = { controllers: [InletsController], providers: [InletsStore, FindInlets, ManageInlets] };
