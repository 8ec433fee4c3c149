import { ContactRolesStore } from '../store/contact-roles.store';
import { CloseDeals1764150000700 } from '../store/migrations/close-deals';
import { AttributeOpportunity } from './attribute-opportunity';
import { KeepContactRoles } from './keep-contact-roles';
import { KeepOpportunities } from './keep-opportunities';
import { OpportunitiesController } from './opportunities.controller';

/** Deals after they were made: stages, ends, people, and whom they are owed to. */
export const OPPORTUNITIES = {
  controllers: [OpportunitiesController],
  providers: [KeepOpportunities, KeepContactRoles, AttributeOpportunity, ContactRolesStore],
  migrations: [CloseDeals1764150000700],
};
