import type { ElementProposal } from '@headwater/contracts';
import type { StoredProposal } from '../store/assessments.store';

export const proposalView = ({ tenant_id: _, ...proposal }: StoredProposal): ElementProposal => proposal;
