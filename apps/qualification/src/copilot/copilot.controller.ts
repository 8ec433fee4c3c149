import { Controller } from '@nestjs/common';
import { AskCopilot, GetCopilotSettings, PutCopilotSettings, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { AnswerCopilot } from './ask-copilot';
import { KeepCopilotSettings } from './keep-settings';

@Controller()
export class CopilotController {
  constructor(private readonly copilot: AnswerCopilot, private readonly settings: KeepCopilotSettings) {}

  @Answers(AskCopilot)
  askCopilot(question: QuestionOf<typeof AskCopilot>): Promise<AnswerOf<typeof AskCopilot>> {
    return this.copilot.ask(question);
  }

  @Answers(GetCopilotSettings)
  getSettings(question: QuestionOf<typeof GetCopilotSettings>): Promise<AnswerOf<typeof GetCopilotSettings>> {
    return this.settings.get(question);
  }

  @Answers(PutCopilotSettings)
  putSettings(question: QuestionOf<typeof PutCopilotSettings>): Promise<AnswerOf<typeof PutCopilotSettings>> {
    return this.settings.put(question);
  }
}
