import { ENVIRONMENT } from '@headwater/platform';
import { QUALIFICATION_CONFIG, qualificationConfig } from '../qualification.config';
import { CopilotSettingsStore } from '../store/copilot-settings.store';
import { KeepCopilotSettings1764300000400 } from '../store/migrations/keep-copilot-settings';
import { AnswerCopilot } from './ask-copilot';
import { AskModel } from './ask-model';
import { CopilotController } from './copilot.controller';
import { GatherRecord } from './gather-record';
import { KeepCopilotSettings } from './keep-settings';

/** Asking about a lead: how it qualifies, whether it is hot, what to do next, what to write to it. */
export const COPILOT = {
  controllers: [CopilotController],
  providers: [
    { provide: QUALIFICATION_CONFIG, inject: [ENVIRONMENT], useFactory: qualificationConfig },
    AnswerCopilot, AskModel, GatherRecord, KeepCopilotSettings, CopilotSettingsStore,
  ],
  migrations: [KeepCopilotSettings1764300000400],
};
