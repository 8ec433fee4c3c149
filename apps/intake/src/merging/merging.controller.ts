import { Controller } from '@nestjs/common';
import {
  GetMerge, GetMergePolicy, ListMerges, MergeLeads as MergeLeadsRequest, MergeReview as MergeReviewRequest, PreviewMerge as PreviewMergeRequest, PutMergePolicy,
  SettleMerge as SettleMergeRequest, UnmergeLeads as UnmergeLeadsRequest, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { MergeLeads } from './merge-leads';
import { MergePolicies } from './merge-policies';
import { MergeReview } from './merge-review';
import { PreviewMerge } from './preview-merge';
import { ReadMerges } from './read-merges';
import { SettleMerge } from './settle-merge';
import { UnmergeLeads } from './unmerge-leads';

@Controller()
export class MergingController {
  constructor(
    private readonly mergeLeads: MergeLeads, private readonly unmergeLeads: UnmergeLeads, private readonly previewMerge: PreviewMerge,
    private readonly settleMerge: SettleMerge, private readonly readMerges: ReadMerges, private readonly policies: MergePolicies,
    private readonly mergeReview: MergeReview,
  ) {}

  @Answers(PreviewMergeRequest)
  preview(question: QuestionOf<typeof PreviewMergeRequest>): Promise<AnswerOf<typeof PreviewMergeRequest>> {
    return this.previewMerge.preview(question);
  }

  @Answers(MergeLeadsRequest)
  merge(question: QuestionOf<typeof MergeLeadsRequest>): Promise<AnswerOf<typeof MergeLeadsRequest>> {
    return this.mergeLeads.merge(question);
  }

  @Answers(MergeReviewRequest)
  mergeOfReview(question: QuestionOf<typeof MergeReviewRequest>): Promise<AnswerOf<typeof MergeReviewRequest>> {
    return this.mergeReview.merge(question);
  }

  @Answers(UnmergeLeadsRequest)
  unmerge(question: QuestionOf<typeof UnmergeLeadsRequest>): Promise<AnswerOf<typeof UnmergeLeadsRequest>> {
    return this.unmergeLeads.unmerge(question);
  }

  @Answers(SettleMergeRequest)
  settle(question: QuestionOf<typeof SettleMergeRequest>): Promise<AnswerOf<typeof SettleMergeRequest>> {
    return this.settleMerge.settle(question);
  }

  @Answers(GetMerge)
  get(question: QuestionOf<typeof GetMerge>): Promise<AnswerOf<typeof GetMerge>> {
    return this.readMerges.get(question);
  }

  @Answers(ListMerges)
  list(question: QuestionOf<typeof ListMerges>): Promise<AnswerOf<typeof ListMerges>> {
    return this.readMerges.list(question);
  }

  @Answers(GetMergePolicy)
  getPolicy(question: QuestionOf<typeof GetMergePolicy>): Promise<AnswerOf<typeof GetMergePolicy>> {
    return this.policies.get(question);
  }

  @Answers(PutMergePolicy)
  putPolicy(question: QuestionOf<typeof PutMergePolicy>): Promise<AnswerOf<typeof PutMergePolicy>> {
    return this.policies.put(question);
  }
}
