import { CopilotController } from './copilot.controller';

/** Asking about leads. */
export const COPILOT = { controllers: [CopilotController] };
