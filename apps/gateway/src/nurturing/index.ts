import { NurturingController } from './nurturing.controller';

/** Leads that are not ready: who is nurtured, and what brings them back. */
export const NURTURING = { controllers: [NurturingController] };
