import { CustomFields, Flag, Id, Instant, Integer, Nested, NestedList, OneOf, Pattern, Text, Texts } from '../field';

/** A web form, as its owner sets it up. Whatever is absent has its default. */

/** One field of the form and what it says of a lead. */
export class FormField {
  @Text(100, { required: true, description: "the field's name in the form", example: 'your_email' }) name: string;
  @Text(110, {
    description: 'field of the lead that it fills, or `custom_fields.NAME`; when absent, the one that its own name says (names of '
      + 'Salesforce Web-to-Lead too), else the custom field of its name', example: 'email',
  }) to?: string | null;
  @Flag({ description: 'a submission without it is refused, 422' }) required?: boolean | null;
  @Text(100, { description: 'how the snippet calls it', example: 'Work e-mail' }) label?: string | null;
  @Texts(100, 200, { description: 'values to choose from, for the snippet' }) options?: string[] | null;
}

/** What every lead of the form gets where the form itself says nothing. */
export class FormDefaults {
  @Text(80, { example: 'web' }) source?: string | null;
  @Text(100) campaign?: string | null;
  @Texts(50, 60, { description: 'besides those of the submission' }) tags?: string[] | null;
  @CustomFields(50) custom_fields?: Record<string, unknown> | null;
  @Text(100, { description: 'routing rules may ask for it as `routing_hint`', example: 'enterprise' }) routing_hint?: string | null;
  @OneOf(['new', 'nurturing'], { description: 'status in which its new leads begin' }) entry_status?: 'new' | 'nurturing' | null;
}

/** Per minute, at each gateway; a burst may be as large. */
export class FormRates {
  @Integer(1, 100_000, { description: 'submissions of this form; 1,200 when absent', example: 600 }) per_minute?: number | null;
  @Integer(1, 10_000, { description: 'of one sender (IP address); 60 when absent', example: 30 }) per_address_per_minute?: number | null;
}

/** Nobody becomes a lead before the link in a mail to them was followed. */
export class FormDoubleOptIn {
  @Integer(1, 720, { description: 'hours for which the link is good; 72 when absent' }) lifetime_hours?: number | null;
  @Text(2_000, { description: 'what the mail says above the link' }) text?: string | null;
}

/** The consent that a submission gives. */
export class FormConsent {
  @Text(2_000, { required: true, description: 'the text as the form shows it', example: 'I agree to be contacted about my request.' }) text: string;
  @Text(100, { required: true, example: '2026-01' }) version: string;
  @Text(100, { description: "name of the box to be ticked; when absent, sending the form is the consent" }) field?: string | null;
}

export class FormSettings {
  @NestedList(() => FormField, 100, { description: 'the only fields that are read; when absent, all that a lead has' }) fields?: FormField[] | null;
  @Nested(() => FormDefaults) defaults?: FormDefaults | null;
  @Pattern(/^[A-Za-z]{2}$/, 2, { description: 'ISO 3166-1 alpha-2, for phone numbers without a country', example: 'DE' }) country?: string | null;
  @Text(2_000, { description: 'where a sender without a script goes afterwards; a page of ours when absent', example: 'https://www.acme.example/thanks' })
  redirect_url?: string | null;
  @Texts(50, 2_000, { description: 'addresses to which the field `retURL` may lead, and everything below them' }) redirects?: string[] | null;
  @Texts(50, 255, {
    description: 'origins whose pages may send it; when absent, every page may, and scripts of other origins learn no answer',
    example: ['https://www.acme.example'],
  }) origins?: string[] | null;
  @Text(100, { description: 'name of a field that nobody sees: who fills it is no person', example: 'fax_2' }) honeypot?: string | null;
  @Integer(0, 600, { description: 'seconds that a person needs at least; 0, none, when absent', example: 3 }) minimum_seconds?: number | null;
  @Nested(() => FormRates) rates?: FormRates | null;
  @Nested(() => FormDoubleOptIn) double_opt_in?: FormDoubleOptIn | null;
  @Nested(() => FormConsent) consent?: FormConsent | null;
  @Text(500, { description: 'what the page of ours says' }) thanks?: string | null;
}

const NAME = 100;

export class CreateFormRequest extends FormSettings {
  @Text(NAME, { required: true, example: 'Contact us' }) name: string;
}

export class ChangeFormRequest extends FormSettings {
  @Text(NAME) name?: string | null;
}

/** A form with its address. */
export class Form extends CreateFormRequest {
  @Id({ required: true }) id: number;
  @Text(40, { required: true, description: 'public: it lets a form in, and is good for nothing else' }) key: string;
  @Text(300, { required: true, description: 'where the form is sent to: its `action`' }) action: string;
  @Instant({ required: true }) created_at: string;
  @Instant({ required: true }) updated_at: string;
  @Instant() revoked_at?: string | null;
}
