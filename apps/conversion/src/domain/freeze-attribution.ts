import type {
  AssessmentView, IntakeState, LeadTouches, QualificationState, RoutingFacts, ScoringFacts, Status, Transition,
} from '@headwater/contracts';

interface KnownAtConversion {
  lead: IntakeState;
  qualification: QualificationState;
  transitions: Transition[];
  assessment: AssessmentView | null;
  touches: LeadTouches;
  /** null when it isn't known */
  scoring: ScoringFacts | null;
  routing: RoutingFacts | null;
  /** of the mapping that its fields were carried by */
  mappingVersion: number;
}

/** It stands in the conversion, in its event, in each opportunity and in their events, of which none may be larger than 128 kB. */
const LARGEST = 48 * 1024;
/** Reasons of a score that are kept; a model has fewer rules, as a rule. */
const MOST_CONTRIBUTIONS = 60;
const LONGEST_NOTE = 2_000;

/** Where a lead came from and how it got here, as it stays for its opportunities. Times in milliseconds per status. */
export function freezeAttribution(
  { lead, qualification, transitions, assessment, touches, scoring, routing, mappingVersion }: KnownAtConversion, convertedAt: string,
): Record<string, unknown> {
  const { source, source_raw, channel, entry, campaign } = lead.attribution;
  const score = scoring?.score ?? null;
  return withinBounds({
    source: source ?? null,
    source_raw: source_raw ?? null,
    channel,
    entry,
    campaign: campaign ?? null,
    first_touch: touches.first,
    last_touch: touches.last,
    lead_creating_touch: touches.made_lead,
    touches: touches.list,
    touch_count: touches.count,
    score: score && score.effective,
    score_overridden: score && score.override != null,
    contributions: scoring?.contributions.slice(0, MOST_CONTRIBUTIONS) ?? null,
    rating: score?.rating ?? null,
    model_version: score?.model_version ?? null,
    assessment: assessment && { ...assessment, notes: assessment.notes?.slice(0, LONGEST_NOTE) ?? null },
    owner: routing?.assignment?.owner ?? null,
    team: routing?.assignment?.team ?? null,
    owners: routing?.owners ?? null,
    mapping_version: mappingVersion,
    captured_at: lead.created_at,
    first_contacted_at: qualification.first_contacted_at ?? null,
    qualified_at: qualification.qualified_at ?? null,
    converted_at: convertedAt,
    cycle: qualification.cycle,
    time_in_status_ms: timeInStatus(qualification, transitions, convertedAt),
  });
}

/** The very first touch and the newest are kept; of the others the older half goes until the whole is small enough. */
function withinBounds<Frozen extends { touches: unknown[] }>(frozen: Frozen): Frozen {
  if (frozen.touches.length <= 2 || Buffer.byteLength(JSON.stringify(frozen)) <= LARGEST) return frozen;
  const [first, ...others] = frozen.touches;
  return withinBounds({ ...frozen, touches: [first, ...others.slice(Math.ceil(others.length / 2))] });
}

function timeInStatus(
  { status, in_status_since }: QualificationState, transitions: Transition[], until: string,
): Partial<Record<Status, number>> {
  const spent: Partial<Record<Status, number>> = {};
  for (const { from, ms_in_previous } of transitions) spent[from] = (spent[from] ?? 0) + ms_in_previous;
  // The clocks of two databases may differ by more than the lead was qualified for.
  const inPresent = Math.max(0, Date.parse(until) - Date.parse(in_status_since));
  return { ...spent, [status]: (spent[status] ?? 0) + inPresent };
}
