import { Document, ENTRIES, Id, Instant, NestedList, OneOf, Text, Texts, type Entry } from '@headwater/contracts';

const SECRETS = 'each as text; they are never read back';

export class CreateConnectorRequest {
  @Text(200, { required: true, example: 'Demo requests' }) name: string;
  @Text(60, { required: true, description: 'one of `GET /connectors/kinds`', example: 'typeform' }) kind: string;
  @Document({ description: 'as its kind has them', example: { tags: ['demo'] } }) options?: Record<string, unknown> | null;
  @Document({ description: `as its kind has them, ${SECRETS}`, example: { secret: 'made up, and pasted at Typeform' } })
  secrets?: Record<string, unknown> | null;
}

export class PatchConnectorRequest {
  @Text(200) name?: string | null;
  @Document({ description: 'take the place of the former options, as a whole' }) options?: Record<string, unknown> | null;
  @Document({ description: `${SECRETS}; each takes the place of the former one of its name, and null takes it back` })
  secrets?: Record<string, unknown> | null;
}

export class TestConnectorRequest {
  @Text(200, { description: '`application/json` when absent', example: 'application/json' }) content_type?: string | null;
  @Text(200_000, { required: true, description: 'a body as the vendor would send it: JSON, a form, an e-mail' }) body: string;
}

export class Connector {
  @Id({ required: true }) id: number;
  @Text(200, { required: true }) name: string;
  @Text(60, { required: true }) kind: string;
  @OneOf(ENTRIES, { required: true, description: 'how its leads come in' }) entry: Entry;
  @Text(60, { required: true, description: 'names it in its address: good for sending in, and for nothing else' }) key: string;
  @Text(2_000, { required: true, description: 'where the vendor is to send to; a token goes behind it, as `?token=…`' }) url: string;
  @Document({ required: true }) options: Record<string, unknown>;
  @Texts(20, 60, { required: true, description: 'names of the secrets that are set up' }) secrets: string[];
  @Instant({ required: true }) created_at: string;
  @Instant({ required: true }) updated_at: string;
  @Instant() revoked_at?: string | null;
}

class ConnectorSecret {
  @Text(60, { required: true }) name: string;
  @Text(500, { required: true }) description: string;
  @OneOf(['always', 'by_options'], { required: true, description: 'whether it is always required, or as the options say' }) required: string;
}

export class ConnectorKind {
  @Text(60, { required: true }) kind: string;
  @Text(200, { required: true }) title: string;
  @OneOf(ENTRIES, { required: true, description: 'how its leads come in' }) entry: Entry;
  @Document({ required: true, description: 'JSON Schema of its options' }) options: object;
  @NestedList(() => ConnectorSecret, 20, { required: true }) secrets: ConnectorSecret[];
}

class FieldRemark {
  @Text(200, { required: true, description: "the sender's name of the field" }) field: string;
  @Text(60, { required: true }) code: string;
  @Text(500, { required: true }) detail: string;
}

/** One of what a delivery holds: a lead, or something that is kept in the log and is none. */
export class ReadDelivery {
  @Text(500, { description: "the sender's own id: a repetition has the same" }) delivery_id?: string | null;
  @OneOf(['lead', 'fetched', 'rejected'], {
    required: true, description: '`fetched`: only its name is there, and the record is asked for after it was taken in',
  })
  outcome: 'lead' | 'fetched' | 'rejected';
  @Text(60, { description: 'why it is none' }) code?: string | null;
  @Text(500, { description: 'the same in a sentence' }) because?: string | null;
  @Document({ description: 'the lead, as `POST /leads` would take it' }) lead?: object | null;
  @NestedList(() => FieldRemark, 500, { description: 'what did not fit its field' }) problems?: FieldRemark[] | null;
}
