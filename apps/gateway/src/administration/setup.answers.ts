import { Document, Flag, Id, Integer, Named, Nested, NestedList, Text } from '@headwater/contracts';

/** A person whom leads are routed to. */
class RepOfSetup {
  @Id({ required: true }) id: number;
  @Text(200, { required: true, description: 'the `sub` of their token' }) user_id: string;
  @Text(200, { required: true }) name: string;
  @Text(320) email?: string | null;
  @Nested(() => Named) team?: Named | null;
  @Text(60, { required: true, description: 'IANA name' }) time_zone: string;
  @Integer(1, 1_000, { required: true, description: 'share in weighted pools' }) weight: number;
  @Flag({ required: true }) active: boolean;
}

export class RoutingSetupVersion {
  @Integer(0, 1_000_000, { required: true, description: 'rises with every change; 0 before the first' }) version: number;
  @NestedList(() => RepOfSetup, 10_000, { required: true, description: 'everybody, also who left' }) reps: RepOfSetup[];
}

export class RoutingSetupAnswer extends RoutingSetupVersion {
  @Document({ required: true, description: 'teams, reps, pools, rule_set: as it may be sent back' }) setup: object;
}
