import { Document, Flag, Id, Instant, Integer, Named, Nested, NestedList, OneOf, RoutingState, Text, type Inlet } from '@headwater/contracts';

const NOTE = 10_000;

class RuleTried {
  @Text(200, { required: true }) name: string;
  @Flag({ required: true }) held: boolean;
  @Document({ description: 'how its condition was decided' }) trace?: object | null;
}

class Candidate {
  @Id({ required: true }) rep_id: number;
  @Text(200, { required: true }) name: string;
  @Text(500, { description: 'why not; null for who could have been picked' }) excluded?: string | null;
  @Document({ required: true, description: 'before the pick' }) counters: object;
  @Document({ description: 'of who was picked: since then' }) after?: object | null;
}

export class Decision {
  @Id({ required: true }) id: number;
  @Instant({ required: true }) at: string;
  @Text(60, { required: true }) cause: string;
  @Text(500, { required: true }) because: string;
  @Text(200, { description: 'who decided, where a person did' }) actor?: string | null;
  @Integer(1, 1_000_000) rule_set_version?: number | null;
  @NestedList(() => RuleTried, 1_000, { required: true }) rules: RuleTried[];
  @Text(100, { description: 'the one that held' }) rule?: string | null;
  @Text(20, { description: 'how the rep was found; `rotation` alone is bound to be fair' }) kind?: string | null;
  @Text(200) pool?: string | null;
  @Text(60) strategy?: string | null;
  @NestedList(() => Candidate, 10_000, { required: true }) candidates: Candidate[];
  @Document({ description: 'of large pools: how many more were looked at, by what was found' }) more_candidates?: object | null;
  @Nested(() => Named) picked?: Named | null;
}

export class RoutingOfLead {
  @Nested(() => RoutingState, { required: true }) assignment: RoutingState;
  @Nested(() => Decision, { description: 'the latest' }) decision?: Decision | null;
  @NestedList(() => Decision, 1_000, { required: true, description: 'newest first' }) decisions: Decision[];
}

export class LeadNote {
  @Text(40, { required: true }) id: string;
  @Text(NOTE, { required: true }) text: string;
  @Text(200, { required: true }) author: string;
  @Text(60, { required: true }) cause: string;
  @Instant({ required: true }) at: string;
}

export class InletOfTouch implements Inlet {
  @OneOf(['form', 'connector', 'import'], { required: true }) kind: Inlet['kind'];
  @Id({ required: true }) id: number;
}

export class LeadTouch {
  @Id({ required: true }) id: number;
  @Id({ required: true, description: 'the lead that it was born with: one that was merged into this one, perhaps' }) lead_id: number;
  @Text(40, { required: true }) submission_id: string;
  @Instant({ required: true, description: 'when it came in; one that waited stands where it belongs' }) at: string;
  @Text(20, { required: true }) entry: string;
  @Nested(() => InletOfTouch, { description: 'the form, connector or import that it came by; null for what the API took' }) inlet?: InletOfTouch | null;
  @Text(20, { required: true }) channel: string;
  @Text(100, { description: 'the rule of the channel table that decided; null when none held' }) channel_rule?: string | null;
  @Integer(0, 1_000_000, { description: 'of the channel table; 0 is the one that every tenant begins with' }) channel_version?: number | null;
  @Text(80) source?: string | null;
  @Text(80) source_raw?: string | null;
  @Text(100) campaign?: string | null;
  @Text(200, { description: 'what the submission called the campaign, where that is not its code' }) campaign_raw?: string | null;
  @Document() utm?: object | null;
  @Document() click_ids?: object | null;
  @Text(2_000) page_url?: string | null;
  @Text(2_000) referrer?: string | null;
  @Text(20, { required: true }) verdict: string;
  @Text(500, { required: true }) because: string;
  @Flag({ required: true }) is_first: boolean;
  @Flag({ required: true }) is_last: boolean;
  @Flag({ required: true, description: 'the lead was made of it' }) made_lead: boolean;
}
