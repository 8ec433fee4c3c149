import {
  CHANNELS, Document, Flag, Id, Instant, Integer, Money, NestedList, OneOf, SPEND_VERDICTS, Text, type Channel, type FieldError, type SpendVerdict,
} from '@headwater/contracts';

/** What intake answers about channels and spend, described for the OpenAPI document. */

const VERSION = [0, 1_000_000] as const;

export class ChannelTableAnswer {
  @Integer(...VERSION, { required: true, description: '0 of the table that every tenant begins with' }) version: number;
  @Document({ required: true, description: 'rules, otherwise: as it may be sent back' }) table: object;
  @Text(200) created_by?: string | null;
  @Instant() created_at?: string | null;
}

class TriedChannelRule {
  @Text(100, { required: true }) name: string;
  @Flag({ required: true }) held: boolean;
  @Text(2_000, { required: true, description: 'what was found' }) because: string;
}

export class ChannelTrial {
  @OneOf(CHANNELS, { required: true }) channel: Channel;
  @Text(100, { description: 'name of the rule that decided; null when none held' }) rule?: string | null;
  @Integer(...VERSION, { description: 'null for a table that came along' }) version?: number | null;
  @Document({ required: true, description: 'what the rules saw' }) facts: object;
  @NestedList(() => TriedChannelRule, 200, { required: true, description: 'in order, up to the one that held' }) tried: TriedChannelRule[];
}

class WrongField implements FieldError {
  @Text(200, { required: true }) field: string;
  @Text(60, { required: true }) code: string;
  @Text(500, { required: true }) detail: string;
}

/** What became of one entry. */
export class SpendOutcome {
  @OneOf(SPEND_VERDICTS, { required: true }) verdict: SpendVerdict;
  @Id({ description: 'null where it was refused' }) id?: number | null;
  @Integer(1, 1_000_000, { description: 'of a table: where its row stands' }) line?: number | null;
  @NestedList(() => WrongField, 50, { description: 'why it was refused' }) errors?: WrongField[] | null;
}

export class SpendSum {
  @Text(100, { required: true }) campaign: string;
  @OneOf(CHANNELS, { required: true }) channel: Channel;
  @Text(3, { required: true }) currency: string;
  @Money({ required: true, description: 'entries that reach over the ends of the asked-for days count by the day' }) amount: number;
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true, description: 'of the asked-for days, how many have spend' }) days: number;
}

export class RemovedSpend {
  @Id({ required: true }) id: number;
}
