import type { Context } from '../context';
import { Decimal, Document, Flag, Id, Instant, Integer, Nested, NestedList, OneOf, Pattern, Text, Texts } from '../field';
import { defineRequest } from '../request';
import { DISQUALIFICATION_REASONS, type DisqualificationReason } from '../vocabulary';

/** Of a framework, and of its elements. */
export const FRAMEWORK_NAME = /^[a-z][a-z0-9_]{0,39}$/;
/** 0: the built-in one. */
export const FRAMEWORK_VERSION = [0, 1_000_000] as const;

export const MOST_ELEMENTS = 20;
export const MOST_EVIDENCE = 5;
const LONGEST_EVIDENCE = 1_000;
const LONGEST_VALUE = 500;
/** Where it travels with others. */
export const LONGEST_SUMMARY_VALUE = 200;

/** How well an element is known. */
export const ELEMENT_STATUSES = ['unknown', 'weak', 'partial', 'confirmed'] as const;
export type ElementStatus = (typeof ELEMENT_STATUSES)[number];

/** `complete`: no element is less than the framework wants it to be. */
export const ASSESSMENT_VERDICTS = ['complete', 'incomplete'] as const;
export type AssessmentVerdict = (typeof ASSESSMENT_VERDICTS)[number];

export const PROPOSAL_STATES = ['open', 'accepted', 'dismissed'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** Who proposes what a note says. */
export const NOTES_READER = 'notes-reader';

/** What a judgement rests on. */
export class Evidence {
  @Text(LONGEST_EVIDENCE, { required: true, description: 'in words', example: 'CFO: "75k are approved for Q1"' }) text: string;
  @Text(200, { description: 'where it was said or written', example: 'call on 16 December' }) source?: string | null;
}

/** Words of a note, and where in it they stand, in UTF-16 units. */
export class FoundEvidence extends Evidence {
  @Text(60, { description: 'the note' }) note_id?: string | null;
  @Integer(0, 10_000) start?: number | null;
  @Integer(0, 10_000) end?: number | null;
}

/** What somebody says of an element. */
export class GivenElement {
  @OneOf(ELEMENT_STATUSES, { required: true, example: 'confirmed' }) status: ElementStatus;
  @Text(LONGEST_VALUE, { description: 'what is known', example: '75,000 USD, approved for Q1' }) value?: string | null;
  @NestedList(() => Evidence, MOST_EVIDENCE) evidence?: Evidence[] | null;
  @Decimal(0, 1, { description: 'how sure one is of it' }) confidence?: number | null;
}

export class NamedElement extends GivenElement {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'budget' }) element: string;
}

export class BantElements {
  @Nested(() => GivenElement) budget?: GivenElement | null;
  @Nested(() => GivenElement) authority?: GivenElement | null;
  @Nested(() => GivenElement) need?: GivenElement | null;
  @Nested(() => GivenElement) timeline?: GivenElement | null;
}

export class MeddicElements {
  @Nested(() => GivenElement) metrics?: GivenElement | null;
  @Nested(() => GivenElement) economic_buyer?: GivenElement | null;
  @Nested(() => GivenElement) decision_criteria?: GivenElement | null;
  @Nested(() => GivenElement) decision_process?: GivenElement | null;
  @Nested(() => GivenElement) identify_pain?: GivenElement | null;
  @Nested(() => GivenElement) champion?: GivenElement | null;
}

/** Body of `POST /leads/{id}/assessments`. Elements that aren't named stay as they are. */
export class AssessRequest {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, description: '`bant`, `meddic`, or one of your own', example: 'bant' }) framework: string;
  @NestedList(() => NamedElement, MOST_ELEMENTS, { required: true }) elements: NamedElement[];
}

/** What was said of an element. */
export class JudgedElement {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'budget' }) element: string;
  @OneOf(ELEMENT_STATUSES, { required: true }) status: ElementStatus;
  @Text(LONGEST_VALUE) value?: string | null;
  @Document({ description: 'the same in figures, where a note was read: amount, currency, role, title, by, period_days …' })
  details?: Record<string, unknown> | null;
  @NestedList(() => FoundEvidence, MOST_EVIDENCE, { required: true }) evidence: FoundEvidence[];
  @Decimal(0, 1) confidence?: number | null;
}

/** An element as it stands: what a person said of it last, else what was read in a note and nobody has decided about. */
export class AssessedElement extends JudgedElement {
  @Integer(0, 100, { required: true, description: 'what it adds to the score' }) points: number;
  @Integer(0, 100, { required: true, description: 'what it adds when it is confirmed' }) most: number;
  @OneOf(ELEMENT_STATUSES, { required: true, description: 'what the framework wants it to be at least' }) at_least: ElementStatus;
  @Text(200, { description: 'who said so; `notes-reader` for what a note was read to say; null while nobody has' }) by?: string | null;
  @Instant() at?: string | null;
  @Flag({ required: true, description: 'a note was read to say so, and nobody has decided about it' }) proposed: boolean;
  @Id({ description: 'the proposal that it is, or that it was accepted from' }) proposal_id?: number | null;
}

/** Where a lead stands by a framework. */
export class FrameworkAssessment {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'bant' }) framework: string;
  @Integer(...FRAMEWORK_VERSION, { required: true, description: 'of the framework; 0 where it is built in' }) version: number;
  @Integer(0, 100, { required: true, description: 'the sum of the points' }) score: number;
  @OneOf(ASSESSMENT_VERDICTS, { required: true, description: 'complete: no element is missing' }) verdict: AssessmentVerdict;
  @Texts(MOST_ELEMENTS, 40, { required: true, description: 'the elements that are less than the framework wants them to be' }) missing: string[];
  @NestedList(() => AssessedElement, MOST_ELEMENTS, { required: true }) elements: AssessedElement[];
}

export class ElementSummary {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'budget' }) element: string;
  @OneOf(ELEMENT_STATUSES, { required: true }) status: ElementStatus;
  @Text(LONGEST_SUMMARY_VALUE, { description: 'its beginning' }) value?: string | null;
  @Integer(0, 100, { required: true }) points: number;
  @Text(200) by?: string | null;
  @Instant() at?: string | null;
  @Flag({ required: true, description: 'read in a note, and not decided about' }) proposed: boolean;
}

/** The same in brief, without evidence: what travels with events and stays with opportunities. */
export class AssessmentSummary {
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'bant' }) framework: string;
  @Integer(...FRAMEWORK_VERSION, { required: true }) version: number;
  @Integer(0, 100, { required: true }) score: number;
  @OneOf(ASSESSMENT_VERDICTS, { required: true }) verdict: AssessmentVerdict;
  @Texts(MOST_ELEMENTS, 40, { required: true }) missing: string[];
  @NestedList(() => ElementSummary, MOST_ELEMENTS, { required: true }) elements: ElementSummary[];
}

/** One act of judging, as it was made; nobody changes it afterwards. */
export class Assessment {
  @Id({ required: true }) id: number;
  @Id({ required: true, description: 'another one than was asked for where that was merged into this one' }) lead_id: number;
  @Pattern(FRAMEWORK_NAME, 40) framework?: string | null;
  @Integer(...FRAMEWORK_VERSION) version?: number | null;
  @NestedList(() => JudgedElement, MOST_ELEMENTS, { required: true, description: 'those that were judged' }) elements: JudgedElement[];
  @Integer(0, 100, { description: 'of all elements, as they stood then' }) score?: number | null;
  @OneOf(ASSESSMENT_VERDICTS) verdict?: AssessmentVerdict | null;
  @Texts(MOST_ELEMENTS, 40) missing?: string[] | null;
  @Flag({ description: 'what `qualify` decided; null where nothing was decided' }) qualified?: boolean | null;
  @OneOf(DISQUALIFICATION_REASONS) reason?: DisqualificationReason | null;
  @Text(10_000) notes?: string | null;
  @Text(200, { required: true }) by: string;
  @Instant({ required: true }) at: string;
}

/** What a note was read to say of an element; it counts for nothing that a person has said since. */
export class ElementProposal extends JudgedElement {
  @Id({ required: true }) id: number;
  @Id({ required: true }) lead_id: number;
  @Pattern(FRAMEWORK_NAME, 40, { required: true, example: 'bant' }) framework: string;
  @Text(200, { required: true, example: NOTES_READER }) by: string;
  @Instant({ required: true, description: 'of the note' }) at: string;
  @OneOf(PROPOSAL_STATES, { required: true }) state: ProposalState;
  @Text(200) decided_by?: string | null;
  @Instant() decided_at?: string | null;
}

/** All that was found out about a lead, and about those that were merged into it. */
export class LeadAssessments {
  @NestedList(() => FrameworkAssessment, 10, { required: true, description: 'where it stands, by each framework that it was judged by' })
  current: FrameworkAssessment[];
  @NestedList(() => ElementProposal, 100, { required: true, description: 'what waits for a person, the newest first' }) proposals: ElementProposal[];
  @NestedList(() => Assessment, 100, { required: true, description: 'the newest first, as many as fit into an answer' }) assessments: Assessment[];
}

type OfLead = { context: Context; lead_id: number };

export const ListAssessments = defineRequest<OfLead, { assessments: LeadAssessments }>('qualification', 'list_assessments');

/** @throws DomainError `not_found`; `lead_locked`, `lead_merged`; `unknown_framework`, `unknown_element`, at the field */
export const AssessLead = defineRequest<
  OfLead & { body: AssessRequest }, { assessment: FrameworkAssessment }
>('qualification', 'assess_lead');

/** `accept` makes it the person's own judgement. @throws DomainError `not_found`; `already_decided`; as `AssessLead` of its lead */
export const DecideProposal = defineRequest<
  { context: Context; proposal_id: number; decision: 'accept' | 'dismiss' }, { proposal: ElementProposal }
>('qualification', 'decide_proposal');
