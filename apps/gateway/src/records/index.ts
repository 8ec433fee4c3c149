import { AccountsController } from './accounts.controller';
import { ContactsController } from './contacts.controller';
import { CustomersController } from './customers.controller';
import { OpportunitiesController } from './opportunities.controller';

/** Everything over HTTP about what leads are converted into. */
export const RECORDS = { controllers: [AccountsController, ContactsController, CustomersController, OpportunitiesController] };
