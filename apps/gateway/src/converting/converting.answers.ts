import {
  BUYING_ROLES, Contact, Customer, Account, ConversionMapping, Document, Flag, Id, Instant, Integer, Nested, NestedList, OneOf, Opportunity, STATUSES, Text, Texts, Anything,
  type BuyingRole, type Status,
} from '@headwater/contracts';

/** What converting answers, described for the OpenAPI document. */

const MOST_FILLED = 250;
const MOST_VALUES = 1_000;
const MOST_MATCHES = 50;
const LINKED = 'true where it was there before; absent of one that was made';
const FILLED = 'of one that was there before: its empty fields that the lead filled';

class ConvertedAccount extends Account {
  @Flag({ required: true, description: 'an account that was there already' }) linked: boolean;
  @Texts(MOST_FILLED, 130, { description: FILLED }) filled?: string[];
}
class ConvertedContact extends Contact {
  @Flag({ description: LINKED }) linked?: boolean;
  @Texts(MOST_FILLED, 130, { description: FILLED }) filled?: string[];
}
class ConvertedCustomer extends Customer {
  @Flag({ description: LINKED }) linked?: boolean;
  @Texts(MOST_FILLED, 130, { description: FILLED }) filled?: string[];
}
class ConvertedOpportunity extends Opportunity {
  @Flag({ description: LINKED }) linked?: boolean;
  @Texts(MOST_FILLED, 130, { description: FILLED }) filled?: string[];
}
class ConvertedLead {
  @Id({ required: true, example: 1234 }) id: number;
  @OneOf(['converted'], { required: true }) status: 'converted';
  @Instant({ required: true }) converted_at: string;
}

export class Conversion {
  @Nested(() => ConvertedCustomer, { required: true }) customer: ConvertedCustomer;
  @Nested(() => ConvertedAccount, { required: true }) account: ConvertedAccount;
  @Nested(() => ConvertedContact, { required: true }) contact: ConvertedContact;
  @Nested(() => ConvertedOpportunity) opportunity?: ConvertedOpportunity | null;
  @OneOf(BUYING_ROLES, { description: 'what the contact is to the opportunity' }) contact_role?: BuyingRole;
  @Nested(() => ConvertedLead, { required: true }) lead: ConvertedLead;
}

class StandingLead {
  @Id({ required: true }) id: number;
  @OneOf(STATUSES, { required: true }) status: Status;
}
class RefusalPreview {
  @Text(40, { required: true, description: 'what kind it is: conflict, invalid, forbidden' }) status: string;
  @Text(60, { required: true }) code: string;
  @Text(500, { required: true }) detail: string;
}
class PlannedRecord {
  @OneOf(['create', 'link'], { required: true }) action: 'create' | 'link';
  @Id({ description: 'of one that is there' }) id?: number;
  @Document({ required: true, description: 'what it would hold; what is empty is left out' }) fields: object;
  @Texts(MOST_FILLED, 130, { description: 'of one that is there: its empty fields that the lead would fill' }) filled?: string[];
}
class MatchedContact {
  @Id({ required: true }) contact_id: number;
  @Id({ required: true }) account_id: number;
  @Id() customer_id?: number | null;
  @Text(40) customer_number?: string | null;
}
class MatchedAccount {
  @Id({ required: true }) account_id: number;
  @Text(200, { required: true }) name: string;
  @OneOf(['domain', 'name'], { required: true }) by: 'domain' | 'name';
}
class Matches {
  @NestedList(() => MatchedContact, MOST_MATCHES, { required: true, description: 'who has the same e-mail' }) contacts: MatchedContact[];
  @NestedList(() => MatchedAccount, MOST_MATCHES, { required: true, description: 'of the same domain, or name and country' }) accounts: MatchedAccount[];
}
class MappedValueView {
  @Text(120, { required: true }) to: string;
  @Text(120, { required: true, description: 'a field of the lead, or `override`' }) from: string;
  @Anything() value: unknown;
}
class MappingUsed {
  @Integer(0, 1_000_000, { required: true }) version: number;
  @NestedList(() => MappedValueView, MOST_VALUES, { required: true }) values: MappedValueView[];
}

export class ConversionPreviewAnswer {
  @Nested(() => StandingLead, { required: true }) lead: StandingLead;
  @NestedList(() => RefusalPreview, 20, { required: true, description: 'everything that it would be refused for; it would succeed when empty' }) refusals: RefusalPreview[];
  @Nested(() => PlannedRecord, { description: 'null where a refusal leaves it open' }) account?: PlannedRecord | null;
  @Nested(() => PlannedRecord) contact?: PlannedRecord | null;
  @Nested(() => PlannedRecord) customer?: PlannedRecord | null;
  @Nested(() => PlannedRecord) opportunity?: PlannedRecord | null;
  @OneOf(BUYING_ROLES) contact_role?: BuyingRole | null;
  @Nested(() => Matches, { required: true }) matches: Matches;
  @Nested(() => MappingUsed, { required: true }) mapping: MappingUsed;
  @Id({ description: 'rep who would own the new records' }) owner_id?: number | null;
  @Text(320, { description: 'whom the confirmation would go to' }) notify?: string | null;
}

export class MappingAnswer {
  @Integer(0, 1_000_000, { required: true, description: '0: the one that every tenant begins with' }) version: number;
  @Nested(() => ConversionMapping, { required: true }) mapping: ConversionMapping;
  @Integer(0, 1_000_000, { description: 'the former version that this one repeats' }) restored_from?: number | null;
  @Text(200) created_by?: string | null;
  @Instant() created_at?: string | null;
}
