import { OwnersController } from './owners.controller';
import { ShowOwners } from './show-owners';

/** Who had a lead, from when until when, and why. */
export const OWNERS = { controllers: [OwnersController], providers: [ShowOwners] };
