import { Controller } from '@nestjs/common';
import {
  ActivateModel as ActivateRequest, DeleteModel, DraftModel as DraftRequest, GetModel, GetModelVersion, GetRescore, ListModels, ListRescores,
  PutModel as PutRequest, ReviseModel, RollBackModel, SimulateModel as SimulateRequest, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ActivateModel } from './activate-model';
import { DraftModel } from './draft-model';
import { PutModel } from './put-model';
import { ReadModels } from './read-models';
import { SimulateModel } from './simulate-model';

@Controller()
export class ModelsController {
  constructor(
    private readonly reading: ReadModels,
    private readonly drafting: DraftModel,
    private readonly activating: ActivateModel,
    private readonly putting: PutModel,
    private readonly simulating: SimulateModel,
  ) {}

  @Answers(GetModel)
  getModel(question: QuestionOf<typeof GetModel>): Promise<AnswerOf<typeof GetModel>> {
    return this.putting.get(question);
  }

  @Answers(PutRequest)
  putModel(question: QuestionOf<typeof PutRequest>): Promise<AnswerOf<typeof PutRequest>> {
    return this.putting.put(question);
  }

  @Answers(ListModels)
  listModels(question: QuestionOf<typeof ListModels>): Promise<AnswerOf<typeof ListModels>> {
    return this.reading.list(question);
  }

  @Answers(GetModelVersion)
  getModelVersion(question: QuestionOf<typeof GetModelVersion>): Promise<AnswerOf<typeof GetModelVersion>> {
    return this.reading.get(question);
  }

  @Answers(DraftRequest)
  draftModel(question: QuestionOf<typeof DraftRequest>): Promise<AnswerOf<typeof DraftRequest>> {
    return this.drafting.draft(question);
  }

  @Answers(ReviseModel)
  reviseModel(question: QuestionOf<typeof ReviseModel>): Promise<AnswerOf<typeof ReviseModel>> {
    return this.drafting.revise(question);
  }

  @Answers(DeleteModel)
  deleteModel(question: QuestionOf<typeof DeleteModel>): Promise<AnswerOf<typeof DeleteModel>> {
    return this.drafting.remove(question);
  }

  @Answers(ActivateRequest)
  activateModel(question: QuestionOf<typeof ActivateRequest>): Promise<AnswerOf<typeof ActivateRequest>> {
    return this.activating.activate(question);
  }

  @Answers(SimulateRequest)
  simulateModel(question: QuestionOf<typeof SimulateRequest>): Promise<AnswerOf<typeof SimulateRequest>> {
    return this.simulating.simulate(question);
  }

  @Answers(RollBackModel)
  rollBackModel(question: QuestionOf<typeof RollBackModel>): Promise<AnswerOf<typeof RollBackModel>> {
    return this.activating.rollBack(question);
  }

  @Answers(GetRescore)
  getRescore(question: QuestionOf<typeof GetRescore>): Promise<AnswerOf<typeof GetRescore>> {
    return this.reading.getRescore(question);
  }

  @Answers(ListRescores)
  listRescores(question: QuestionOf<typeof ListRescores>): Promise<AnswerOf<typeof ListRescores>> {
    return this.reading.listRescores(question);
  }
}
