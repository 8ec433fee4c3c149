import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AskCopilot, CopilotAnswer, CopilotQuestion, CopilotSettings, CopilotSettingsView, GetCopilotSettings, Integer, PutCopilotSettings, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody, JsonDocument } from '../input/json-body';
import { Parameters, PathId } from '../input/parameters';
import * as examples from './copilot.examples';

/** Longer than a model may take to word an answer. */
const ANSWERED_WITHIN_MS = 30_000;

class SettingsVersionParameter {
  @Integer(0, 1_000_000, { description: 'a former one, 0 for those that every tenant begins with; those that count when absent' }) version?: number;
}

/** What a rep asks about a lead. */
@ApiTags('copilot')
@Controller('api/v1/crm')
export class CopilotController {
  constructor(private readonly requester: Requester) {}

  @Post('leads/:id/copilot')
  @Requires('leads:read')
  @Returns({
    summary: 'Ask about a lead', data: CopilotAnswer, examples: examples.askCopilot,
    description: '`qualify`: BANT, a score and a line for each dimension. `is_hot`: yes or no, with the reasons. `next_action`: what to do now. `draft_email`: a first '
      + 'mail. Each answer says what to do next, and cites the facts that it was made of; nothing is written. docs/copilot.md.',
  })
  async askCopilot(@PathId('Lead') lead_id: number, @InContext() context: Context, @JsonBody(CopilotQuestion) question: CopilotQuestion) {
    const { answer } = await this.requester.ask(AskCopilot, { context, lead_id, question }, { timeoutMs: ANSWERED_WITHIN_MS });
    return { message: 'Answered', data: answer };
  }

  @Get('copilot/settings')
  @Requires('admin')
  @Returns({ summary: 'Read how the copilot answers', data: CopilotSettingsView, examples: examples.getCopilotSettings })
  async getCopilotSettings(@InContext() context: Context, @Parameters(SettingsVersionParameter) { version }: SettingsVersionParameter) {
    const { settings } = await this.requester.ask(GetCopilotSettings, { context, ...(version === undefined ? {} : { version }) });
    return { message: 'Settings found', data: settings };
  }

  @Put('copilot/settings')
  @Requires('admin')
  @Returns({
    summary: 'Write a new version of how the copilot answers', data: CopilotSettingsView, examples: examples.replaceCopilotSettings,
    description: 'Templates of mails, and whether a model may word the answers. All or nothing; it counts from the next answer on.',
  })
  async replaceCopilotSettings(@InContext() context: Context, @JsonDocument(CopilotSettings) document: object) {
    return { message: 'Settings replaced', data: (await this.requester.ask(PutCopilotSettings, { context, document })).settings };
  }
}
