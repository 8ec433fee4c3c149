import type { Context } from '../context';
import { Count, Document, Flag, Id, Instant, Integer, Integers, Nested, NestedList, OneOf, Pattern, Text, Texts } from '../field';
import { Named } from '../lead';
import { defineRequest } from '../request';

/** Whom routing knows, and where they sell: reps, teams, territories, leave. */

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const COUNTRY = /^[A-Za-z]{2}$/;
const MOST_LEADS = 1_000_000;
export const MOST_SKILLS = 100;
export const MOST_ROLES = 20;

/** How many leads routing may give somebody in a time of their own time zone; no limit where absent. */
export class LeadsPerWindow {
  @Integer(0, MOST_LEADS) hour?: number | null;
  @Integer(0, MOST_LEADS, { example: 20 }) day?: number | null;
  @Integer(0, MOST_LEADS, { description: 'from Monday' }) week?: number | null;
  @Integer(0, MOST_LEADS) month?: number | null;
}

class RepFields {
  @Pattern(EMAIL, 320, { example: 'priya.nair@acme.example' }) email?: string | null;
  @Id({ description: 'id of a team', example: 4 }) team_id?: number | null;
  @Text(60, { description: "IANA name; the tenant's when absent", example: 'America/Los_Angeles' }) time_zone?: string | null;
  @Integer(1, 1_000, { description: 'share in weighted pools; 1 when absent' }) weight?: number | null;
  @Flag({ description: 'true when absent; nobody who is inactive is given a lead' }) active?: boolean | null;
  @Integer(0, MOST_LEADS, { description: 'most leads that are open at once; no limit when absent', example: 80 }) max_open_leads?: number | null;
  @Nested(() => LeadsPerWindow, { description: 'most leads that routing gives them per hour, day, week and month' }) max_per_window?: LeadsPerWindow | null;
  @Texts(MOST_SKILLS, 60, { description: 'what they are for: industries, products, sizes of companies', example: ['healthcare', 'enterprise'] })
  skills?: string[] | null;
  @Texts(20, 10, { description: 'ISO 639-1', example: ['en', 'es'] }) languages?: string[] | null;
  @Texts(MOST_ROLES, 60, { description: 'what they do in sales: rules may lead to whoever has a role', example: ['account executive'] }) roles?: string[] | null;
  @Id({ description: 'their working hours; always at work when null' }) calendar_id?: number | null;
}

/** Body of `POST /routing/reps`. */
export class CreateRepRequest extends RepFields {
  @Text(200, { required: true, description: "the user's id: `sub` of the token", example: 'priya.nair' }) user_id: string;
  @Text(200, { required: true, example: 'Priya Nair' }) name: string;
}

/** Body of `PATCH /routing/reps/{id}`. Absent fields stay, null takes a field back to what it is when absent; lists are replaced. */
export class PatchRepRequest extends RepFields {
  @Text(200) name?: string;
}

/** Somebody to whom leads go. */
export class Rep {
  @Id({ required: true }) id: number;
  @Text(200, { required: true }) user_id: string;
  @Text(200, { required: true }) name: string;
  @Text(320) email?: string | null;
  @Flag({ required: true }) active: boolean;
  @Nested(() => Named) team?: Named | null;
  @Text(60, { required: true }) time_zone: string;
  @Integer(1, 1_000, { required: true }) weight: number;
  @Integer(0, MOST_LEADS) max_open_leads?: number | null;
  @Nested(() => LeadsPerWindow, { required: true }) max_per_window: LeadsPerWindow;
  @Texts(MOST_SKILLS, 60, { required: true }) skills: string[];
  @Texts(20, 10, { required: true }) languages: string[];
  @Texts(MOST_ROLES, 60, { required: true }) roles: string[];
  @Id() calendar_id?: number | null;
  @Count({ required: true, description: 'leads that they own, neither converted nor merged' }) open_leads: number;
  @Instant({ required: true }) updated_at: string;
}

/** Who is told when something of the team escalates: a rep, by user id, or somebody who gets no leads. */
export class TeamManager {
  @Text(200, { required: true, example: 'mia.lang' }) user_id: string;
  @Text(200, { description: "a rep's own where there is one" }) name?: string | null;
  @Pattern(EMAIL, 320, { description: "a rep's own where there is one" }) email?: string | null;
}

class TeamFields {
  @NestedList(() => TeamManager, 20, { description: 'replaced as a whole' }) managers?: TeamManager[] | null;
  @Id({ description: 'their working hours; always at work when null' }) calendar_id?: number | null;
  @Flag({ description: 'true when absent' }) active?: boolean | null;
}

/** Body of `POST /routing/teams`. */
export class CreateTeamRequest extends TeamFields {
  @Text(200, { required: true, example: 'Enterprise' }) name: string;
}

/** Body of `PATCH /routing/teams/{id}`. */
export class PatchTeamRequest extends TeamFields {
  @Text(200) name?: string;
}

export class Team {
  @Id({ required: true }) id: number;
  @Text(200, { required: true }) name: string;
  @Flag({ required: true }) active: boolean;
  @NestedList(() => TeamManager, 20, { required: true }) managers: TeamManager[];
  @Id() calendar_id?: number | null;
  @Instant({ required: true }) updated_at: string;
}

/** Postal codes of a country: those that begin so, or those of a range, both ends included and of one length. */
export class PostalArea {
  @Pattern(COUNTRY, 2, { required: true, example: 'DE' }) country: string;
  @Text(20, { example: '80' }) prefix?: string | null;
  @Text(20, { example: '80000' }) from?: string | null;
  @Text(20, { example: '81999' }) to?: string | null;
}

class TerritoryFields {
  @Id({ description: 'the territory that it is a part of' }) parent_id?: number | null;
  @Texts(250, 2, { description: 'ISO 3166-1 alpha-2', example: ['DE', 'AT', 'CH'] }) countries?: string[] | null;
  @Texts(1_000, 120, { description: 'country and region, as leads say it in `state`', example: ['US-CA', 'US-California'] }) regions?: string[] | null;
  @NestedList(() => PostalArea, 1_000) postal?: PostalArea[] | null;
  @Integers(2_000, { description: 'ids of accounts' }) account_ids?: number[] | null;
  @Texts(2_000, 253, { description: 'domains of companies', example: ['acme.example'] }) domains?: string[] | null;
  @Integers(200, { description: 'ids of the reps who own it; where nobody does, who owns the nearest above it' }) owner_ids?: number[] | null;
  @Id({ description: 'id of the team that owns it' }) team_id?: number | null;
  @Flag({ description: 'true when absent' }) active?: boolean | null;
}

/** Body of `POST /routing/territories`. */
export class CreateTerritoryRequest extends TerritoryFields {
  @Text(200, { required: true, example: 'DACH' }) name: string;
}

/** Body of `PATCH /routing/territories/{id}`. Lists are replaced. */
export class PatchTerritoryRequest extends TerritoryFields {
  @Text(200) name?: string;
}

/** A part of the market, within another one. */
export class Territory {
  @Id({ required: true }) id: number;
  @Text(200, { required: true }) name: string;
  @Id() parent_id?: number | null;
  @Texts(250, 2, { required: true }) countries: string[];
  @Texts(1_000, 120, { required: true }) regions: string[];
  @NestedList(() => PostalArea, 1_000, { required: true }) postal: PostalArea[];
  @Integers(2_000, { required: true }) account_ids: number[];
  @Texts(2_000, 253, { required: true }) domains: string[];
  @Integers(200, { required: true }) owner_ids: number[];
  @Id() team_id?: number | null;
  @Flag({ required: true }) active: boolean;
  @Instant({ required: true }) updated_at: string;
}

/** Body of `POST /routing/leave`. Nobody asks why somebody is away. */
export class CreateLeaveRequest {
  @Id({ required: true, description: 'id of a rep' }) rep_id: number;
  @Instant({ required: true, example: '2026-08-03T00:00:00Z' }) from: string;
  @Instant({ required: true, description: 'the first moment that they are back', example: '2026-08-17T00:00:00Z' }) until: string;
}

/** Body of `PATCH /routing/leave/{id}`. */
export class PatchLeaveRequest {
  @Instant() from?: string;
  @Instant() until?: string;
  @Flag({ description: 'false: it was cancelled' }) active?: boolean;
}

export class Leave {
  @Id({ required: true }) id: number;
  @Id({ required: true }) rep_id: number;
  @Instant({ required: true }) from: string;
  @Instant({ required: true, description: 'the first moment that they are back' }) until: string;
  @Flag({ required: true }) active: boolean;
  @Instant({ required: true }) updated_at: string;
}

export const PEOPLE_KINDS = ['rep', 'team', 'territory', 'leave'] as const;
export type PeopleKind = (typeof PEOPLE_KINDS)[number];
export type PeopleRecord = Rep | Team | Territory | Leave;

/** Of what it is kept who changed it; the id of `sla_policies` is their version. */
export const ROUTING_CHANGE_KINDS = [...PEOPLE_KINDS, 'calendar', 'sla_policies'] as const;
export type RoutingChangeKind = (typeof ROUTING_CHANGE_KINDS)[number];
export const ROUTING_CHANGE_ACTIONS = ['created', 'updated', 'deleted', 'imported'] as const;
export type RoutingChangeAction = (typeof ROUTING_CHANGE_ACTIONS)[number];

/** Somebody changed one of them. */
export class RoutingChange {
  @Id({ required: true }) id: number;
  @Instant({ required: true }) at: string;
  @Text(200, { required: true, description: 'who did' }) actor: string;
  @OneOf(ROUTING_CHANGE_KINDS, { required: true }) kind: RoutingChangeKind;
  @Id({ required: true, description: 'id of what was changed' }) record_id: number;
  @OneOf(ROUTING_CHANGE_ACTIONS, { required: true, description: '`imported`: by a whole setup' }) action: RoutingChangeAction;
  @Document({ description: 'the fields that changed, as they were; null of a new one' }) before?: object | null;
  @Document({ required: true, description: 'the same, as they are now' }) after: object;
}

export interface PeopleFilter { active?: boolean; team_id?: number; rep_id?: number; parent_id?: number; search?: string }
export interface ChangesFilter { kind?: RoutingChangeKind; record_id?: number }

interface ListQuestion<Filter> { context: Context; filter: Filter; cursor?: string; limit: number }

export const ListPeople =
  defineRequest<ListQuestion<PeopleFilter> & { kind: PeopleKind }, { records: PeopleRecord[]; next_cursor: string | null }>('routing', 'list_people');
export const GetPeopleRecord =
  defineRequest<{ context: Context; kind: PeopleKind; id: number }, { record: PeopleRecord }>('routing', 'get_people_record');
export const CreatePeopleRecord =
  defineRequest<{ context: Context; kind: PeopleKind; fields: object }, { record: PeopleRecord }>('routing', 'create_people_record');
export const UpdatePeopleRecord =
  defineRequest<{ context: Context; kind: PeopleKind; id: number; patch: object }, { record: PeopleRecord }>('routing', 'update_people_record');
export const ListRoutingChanges =
  defineRequest<ListQuestion<ChangesFilter>, { changes: RoutingChange[]; next_cursor: string | null }>('routing', 'list_routing_changes');
