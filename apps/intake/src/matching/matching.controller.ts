import { Controller } from '@nestjs/common';
import {
  DismissReview as DismissRequest, GetDuplicateReview, GetMatchingModel, LearnMatchingModel, ListDuplicateReviews, ListOpenReviews,
  PreviewCaptures as PreviewRequest, PutMatchingModel, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { DismissReview } from './dismiss-review';
import { LearnModel } from './learn-model';
import { PreviewCaptures } from './preview-captures';
import { PutModel } from './put-model';
import { ReadReviews } from './read-reviews';

@Controller()
export class MatchingController {
  constructor(
    private readonly readReviews: ReadReviews, private readonly dismissReview: DismissReview, private readonly previewCaptures: PreviewCaptures,
    private readonly putModel: PutModel, private readonly learnModel: LearnModel,
  ) {}

  @Answers(ListDuplicateReviews)
  list(question: QuestionOf<typeof ListDuplicateReviews>): Promise<AnswerOf<typeof ListDuplicateReviews>> {
    return this.readReviews.list(question);
  }

  @Answers(GetDuplicateReview)
  get(question: QuestionOf<typeof GetDuplicateReview>): Promise<AnswerOf<typeof GetDuplicateReview>> {
    return this.readReviews.get(question);
  }

  @Answers(ListOpenReviews)
  openOf(question: QuestionOf<typeof ListOpenReviews>): Promise<AnswerOf<typeof ListOpenReviews>> {
    return this.readReviews.openOf(question);
  }

  @Answers(DismissRequest)
  dismiss(question: QuestionOf<typeof DismissRequest>): Promise<AnswerOf<typeof DismissRequest>> {
    return this.dismissReview.dismiss(question);
  }

  @Answers(PreviewRequest)
  preview(question: QuestionOf<typeof PreviewRequest>): Promise<AnswerOf<typeof PreviewRequest>> {
    return this.previewCaptures.preview(question);
  }

  @Answers(GetMatchingModel)
  getModel(question: QuestionOf<typeof GetMatchingModel>): Promise<AnswerOf<typeof GetMatchingModel>> {
    return this.putModel.get(question);
  }

  @Answers(PutMatchingModel)
  replaceModel(question: QuestionOf<typeof PutMatchingModel>): Promise<AnswerOf<typeof PutMatchingModel>> {
    return this.putModel.put(question);
  }

  @Answers(LearnMatchingModel)
  learn(question: QuestionOf<typeof LearnMatchingModel>): Promise<AnswerOf<typeof LearnMatchingModel>> {
    return this.learnModel.learn(question);
  }
}
