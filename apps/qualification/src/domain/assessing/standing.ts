import type { ElementStatus, FoundEvidence } from '@headwater/contracts';
import type { By } from '../lead-status';

/** What somebody said of an element, or what a note was read to say. */
export interface SaidOfElement {
  framework: string;
  element: string;
  status: ElementStatus;
  value: string | null;
  /** the same in figures */
  details: Record<string, unknown> | null;
  evidence: FoundEvidence[];
  confidence: number | null;
  by: string;
  at: string;
  /** the proposal that it is, or that it was accepted from */
  proposal_id: number | null;
  /** nobody has decided about it yet */
  proposed: boolean;
}

/**
 * Each element once, as it stands: a person's word goes before a proposal of a note that was written before it, or with it; a
 * proposal stands where nobody has said anything.
 * @param said the latest that persons said and the latest that is proposed, of each element, in any order
 */
export function standingOf(said: readonly SaidOfElement[]): SaidOfElement[] {
  const elements = new Map<string, SaidOfElement>();
  for (const one of said) {
    const key = nameOf(one);
    const other = elements.get(key);
    if (!other || goesBefore(one, other)) elements.set(key, one);
  }
  return [...elements.values()];
}

/** The proposals that a person may still decide about: not those that a person's word has come after. */
export function openProposals<Proposal extends { framework: string; element: string; at: string }>(
  proposals: readonly Proposal[], said: readonly SaidOfElement[],
): Proposal[] {
  const latest = new Map(standingOf(said.filter(({ proposed }) => !proposed)).map((one) => [nameOf(one), Date.parse(one.at)]));
  return proposals.filter((proposal) => !(latest.get(nameOf(proposal))! >= Date.parse(proposal.at)));
}

/** What a note says, as the person's own word who accepts it. */
export const acceptedBy = (
  { id, framework, element, status, value, details, evidence, confidence }: Omit<SaidOfElement, 'by' | 'at' | 'proposal_id' | 'proposed'> & { id: number },
  { actor, at }: By,
): SaidOfElement =>
  ({ framework, element, status, value, details, evidence, confidence, by: actor, at, proposal_id: id, proposed: false });

function goesBefore(one: SaidOfElement, other: SaidOfElement): boolean {
  if (one.proposed !== other.proposed) return other.proposed;
  return Date.parse(one.at) > Date.parse(other.at);
}

const nameOf = ({ framework, element }: { framework: string; element: string }): string => `${framework} ${element}`;
