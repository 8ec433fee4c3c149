/** What happens at a fault point. libs/testing replaces it to kill the process there, tests to have it stall; otherwise nothing does. */
export const faultHook: { reached: (name: string) => void; stalled: (name: string) => Promise<void> | undefined } =
  { reached: () => undefined, stalled: () => undefined };

/** A moment at which a process may die and nothing may be lost or doubled: between two effects that are not one transaction. */
export const faultPoint = (name: FaultPoint): void => faultHook.reached(name);

/** The same where a process holds something for a time: it may stall there until that time is over. */
export async function stallPoint(name: FaultPoint): Promise<void> {
  faultPoint(name);
  await faultHook.stalled(name);
}

export const FAULT_POINTS = [
  'relay.before_publish', 'relay.after_publish', 'consumer.before_commit', 'consumer.after_commit', 'dead_letter.after_commit',
  'capture.after_commit', 'spool.before_ack', 'matching.before_commit', 'enrichment.before_store',
  'import.before_commit', 'import.after_commit',
  'rescore.before_commit', 'rescore.after_commit',
  'reassignment.before_commit',
  'merge.after_begin', 'merge.after_reserve', 'merge.after_commit',
  'conversion.after_begin', 'conversion.after_reserve', 'conversion.before_commit', 'conversion.after_commit', 'conversion.after_telling',
  'conversion.reservation_committed', 'conversion.settlement_committed',
  'conversion.before_lead_locked', 'conversion.before_score_locked', 'conversion.before_assignment_locked',
  'sla.before_commit',
  'nurture.before_commit',
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];
