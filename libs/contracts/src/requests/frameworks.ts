import type { Context } from '../context';
import { Document, Flag, Instant, Integer, Nested, NestedList, OneOf, Pattern, Text } from '../field';
import { defineRequest } from '../request';
import { ELEMENT_STATUSES, FRAMEWORK_NAME, FRAMEWORK_VERSION, MOST_ELEMENTS, type ElementStatus } from './assessments';

export class FrameworkElement {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'budget' }) name: string;
  @Text(80, { required: true, example: 'Budget' }) label: string;
  @Text(500, { description: 'what is to be found out', example: 'Is there money for it, and who has approved it?' }) question?: string | null;
  @Integer(1, 100, { required: true, description: 'what it adds to the score when it is confirmed; all of them are together 100' }) weight: number;
  @OneOf(ELEMENT_STATUSES, { description: 'below that it is missing; `partial` when absent, `unknown` for one that may be left out' })
  at_least?: ElementStatus | null;
}

/** Per cent of the weight that an element adds by its status; rounded to points half up. */
export class StatusShares {
  @Integer(0, 100, { required: true }) weak: number;
  @Integer(0, 100, { required: true }) partial: number;
}

/** A way of judging leads. */
export class Framework {
  @Text(80, { required: true, example: 'BANT' }) label: string;
  @NestedList(() => FrameworkElement, MOST_ELEMENTS, { required: true }) elements: FrameworkElement[];
  @Nested(() => StatusShares, { description: 'weak 25 and partial 60 when absent; confirmed is all of it, unknown nothing' })
  shares?: StatusShares | null;
}

/** Body of `POST /qualification/frameworks`: the next version of that name. */
export class FrameworkRequest extends Framework {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, description: '`bant` and `meddic` take the place of what is built in', example: 'spiced' }) name: string;
}

export class FrameworkVersion {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'bant' }) name: string;
  @Integer(...FRAMEWORK_VERSION, { required: true, description: '0 where it is built in' }) version: number;
  @Nested(() => Framework, { required: true }) document: Framework;
  @Instant({ description: 'null where it is built in' }) created_at?: string | null;
  @Text(200) created_by?: string | null;
}

/** What becomes of a qualification that lacks something: nothing, a warning, or a refusal. */
export const GATES = ['none', 'warn', 'enforce'] as const;
export type Gate = (typeof GATES)[number];

export class GateRequirement {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'champion' }) element: string;
  @OneOf(ELEMENT_STATUSES, { required: true }) at_least: ElementStatus;
}

export class GateCondition {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'scored_well' }) name: string;
  @Document({
    required: true, description: 'a condition over the lead, its `score.` and its `assessment.`', example: { field: 'score.total', op: 'gte', value: 50 },
  })
  when: object;
  @Text(300, { description: 'what people read when it does not hold' }) message?: string | null;
}

/** What it takes to qualify a lead. */
export class QualificationGate {
  @OneOf(GATES, { required: true, example: 'warn' }) gate: Gate;
  @Pattern(FRAMEWORK_NAME, 40, { description: '`bant` when absent' }) framework?: string | null;
  @NestedList(() => GateRequirement, MOST_ELEMENTS, { description: 'instead of what the framework wants of these elements' })
  requires?: GateRequirement[] | null;
  @Integer(0, 100, { description: 'of the assessment, at least' }) min_score?: number | null;
  @NestedList(() => GateCondition, 20, { description: 'all of them have to hold' }) conditions?: GateCondition[] | null;
  @Flag({ description: 'whether what was only read in notes counts; when absent it does, but where the gate is enforced' })
  count_proposals?: boolean | null;
}

export class SegmentGate extends QualificationGate {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'enterprise' }) name: string;
  @Document({ required: true, description: 'a condition over the lead and its `score.`', example: { field: 'employees', op: 'gte', value: 1000 } })
  when: object;
}

/** Which gate a lead has to pass: that of the first segment whose condition holds, else the default one. */
export class GatePolicy {
  @NestedList(() => SegmentGate, 50) segments?: SegmentGate[] | null;
  @Nested(() => QualificationGate, { required: true }) default: QualificationGate;
}

export class GatePolicyVersion {
  @Integer(...FRAMEWORK_VERSION, { required: true, description: '0 for the defaults' }) version: number;
  @Nested(() => GatePolicy, { required: true }) document: GatePolicy;
  @Instant({ description: 'null for the defaults' }) created_at?: string | null;
  @Text(200) created_by?: string | null;
}

/** Those in force: the built-in ones, and the newest version of each of the tenant's own. */
export const ListFrameworks = defineRequest<{ context: Context }, { frameworks: FrameworkVersion[] }>('qualification', 'list_frameworks');
/** @param version the one in force when absent. @throws DomainError `not_found` */
export const GetFramework = defineRequest<
  { context: Context; name: string; version?: number }, { framework: FrameworkVersion }
>('qualification', 'get_framework');
/** Writes the next version of that name, which is in force from then on. @throws DomainError `invalid` with every problem in it */
export const AddFramework = defineRequest<
  { context: Context; framework: FrameworkRequest }, { framework: FrameworkVersion }
>('qualification', 'add_framework');

export const GetGatePolicy = defineRequest<{ context: Context }, { policy: GatePolicyVersion }>('qualification', 'get_gate_policy');
/** Writes the next version, which is in force from then on. @throws DomainError `invalid` with every problem in it */
export const PutGatePolicy = defineRequest<{ context: Context; document: GatePolicy }, { policy: GatePolicyVersion }>('qualification', 'put_gate_policy');
