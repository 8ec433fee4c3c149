import { Controller } from '@nestjs/common';
import {
  CreateCampaign, GetCampaign, GetChannels, ListCampaigns, ListSpend, PutChannels, RecordSpend, RemoveSpend, TotalSpend, TryChannels,
  UpdateCampaign,
  type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { KeepCampaigns } from './keep-campaigns';
import { KeepChannels } from './keep-channels';
import { KeepSpend } from './keep-spend';

@Controller()
export class AttributionController {
  constructor(private readonly channels: KeepChannels, private readonly campaigns: KeepCampaigns, private readonly spend: KeepSpend) {}

  @Answers(GetChannels)
  getChannels(question: QuestionOf<typeof GetChannels>): Promise<AnswerOf<typeof GetChannels>> {
    return this.channels.get(question);
  }

  @Answers(PutChannels)
  putChannels(question: QuestionOf<typeof PutChannels>): Promise<AnswerOf<typeof PutChannels>> {
    return this.channels.put(question);
  }

  @Answers(TryChannels)
  tryChannels(question: QuestionOf<typeof TryChannels>): Promise<AnswerOf<typeof TryChannels>> {
    return this.channels.try(question);
  }

  @Answers(ListCampaigns)
  listCampaigns(question: QuestionOf<typeof ListCampaigns>): Promise<AnswerOf<typeof ListCampaigns>> {
    return this.campaigns.list(question);
  }

  @Answers(GetCampaign)
  getCampaign(question: QuestionOf<typeof GetCampaign>): Promise<AnswerOf<typeof GetCampaign>> {
    return this.campaigns.get(question);
  }

  @Answers(CreateCampaign)
  createCampaign(question: QuestionOf<typeof CreateCampaign>): Promise<AnswerOf<typeof CreateCampaign>> {
    return this.campaigns.create(question);
  }

  @Answers(UpdateCampaign)
  updateCampaign(question: QuestionOf<typeof UpdateCampaign>): Promise<AnswerOf<typeof UpdateCampaign>> {
    return this.campaigns.update(question);
  }

  @Answers(RecordSpend)
  recordSpend(question: QuestionOf<typeof RecordSpend>): Promise<AnswerOf<typeof RecordSpend>> {
    return this.spend.record(question);
  }

  @Answers(ListSpend)
  listSpend(question: QuestionOf<typeof ListSpend>): Promise<AnswerOf<typeof ListSpend>> {
    return this.spend.list(question);
  }

  @Answers(TotalSpend)
  totalSpend(question: QuestionOf<typeof TotalSpend>): Promise<AnswerOf<typeof TotalSpend>> {
    return this.spend.total(question);
  }

  @Answers(RemoveSpend)
  removeSpend(question: QuestionOf<typeof RemoveSpend>): Promise<AnswerOf<typeof RemoveSpend>> {
    return this.spend.remove(question);
  }
}
