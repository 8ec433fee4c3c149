import { Injectable, Logger } from '@nestjs/common';
import type { AnswerOf, AskCopilot, CopilotAnswer, QuestionOf } from '@headwater/contracts';
import { answer } from '../domain/copilot/answer';
import type { LeadRecord } from '../domain/copilot/lead-record';
import { promptFor, worded } from '../domain/copilot/model-words';
import { AskModel, NoWords } from './ask-model';
import { GatherRecord } from './gather-record';
import { KeepCopilotSettings } from './keep-settings';

/** Answers questions about a lead. Nothing is written, and no transaction is open meanwhile. */
@Injectable()
export class AnswerCopilot {
  private readonly logger = new Logger(AnswerCopilot.name);

  constructor(private readonly records: GatherRecord, private readonly settings: KeepCopilotSettings, private readonly model: AskModel) {}

  /** @throws DomainError as `GatherRecord.gather` */
  async ask({ context, lead_id, question }: QuestionOf<typeof AskCopilot>): Promise<AnswerOf<typeof AskCopilot>> {
    const [{ record, missing }, settings] = await Promise.all([this.records.gather(context, lead_id), this.settings.present(context.tenant.id)]);
    const builtIn: CopilotAnswer = { ...answer(record, question, settings.templates), ...(missing.length > 0 ? { missing } : {}) };
    // Names can be told from other words in English: a German mail keeps to its template.
    const mayBeWorded = settings.use_model && this.model.name !== null && builtIn.email?.language !== 'de';
    return { answer: mayBeWorded ? await this.inWordsOfModel(builtIn, record, this.model.name!) : builtIn };
  }

  private async inWordsOfModel(builtIn: CopilotAnswer, record: LeadRecord, name: string): Promise<CopilotAnswer> {
    try {
      const words = worded(await this.model.ask(promptFor(record, builtIn)), builtIn, record);
      if ('answer' in words) return { ...words.answer, model: { name, refused: null } };
      this.logger.warn({ refused: words.refused }, 'The words of the model were not taken');
      return { ...builtIn, model: { name, refused: words.refused, ...(words.unsupported.length > 0 ? { unsupported: words.unsupported } : {}) } };
    } catch (error) {
      if (!(error instanceof NoWords)) throw error;
      this.logger.warn({ err: error, refused: error.why }, 'The model gave no words');
      return { ...builtIn, model: { name, refused: error.why } };
    }
  }
}
