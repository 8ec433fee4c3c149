import type { IntakeState, KeyTouches, QualificationState, RoutingState, ScoringState, Status, Transition } from '@headwater/contracts';

interface KnownAtConversion {
  lead: IntakeState;
  qualification: QualificationState;
  transitions: Transition[];
  /** null when they are not known */
  touches: KeyTouches | null;
  /** null when it isn't known */
  score: ScoringState | null;
  assignment: RoutingState | null;
  /** of the mapping that its fields were carried by */
  mappingVersion: number;
}

/** Where a lead came from and how it got here, as it stays for its opportunities. Times in milliseconds per status. */
export function freezeAttribution(
  { lead, qualification, transitions, touches, score, assignment, mappingVersion }: KnownAtConversion, convertedAt: string,
): Record<string, unknown> {
  const { source, source_raw, channel, entry, campaign } = lead.attribution;
  return {
    source: source ?? null,
    source_raw: source_raw ?? null,
    channel,
    entry,
    campaign: campaign ?? null,
    first_touch: touches?.first ?? null,
    last_touch: touches?.last ?? null,
    lead_creating_touch: touches?.made_lead ?? null,
    score: score && score.effective,
    score_overridden: score && score.override != null,
    rating: score?.rating ?? null,
    model_version: score?.model_version ?? null,
    owner: assignment?.owner ?? null,
    team: assignment?.team ?? null,
    mapping_version: mappingVersion,
    captured_at: lead.created_at,
    first_contacted_at: qualification.first_contacted_at ?? null,
    qualified_at: qualification.qualified_at ?? null,
    converted_at: convertedAt,
    cycle: qualification.cycle,
    time_in_status_ms: timeInStatus(qualification, transitions, convertedAt),
  };
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
