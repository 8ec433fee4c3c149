import { Controller } from '@nestjs/common';
import { GetFairness, SimulateRouting as SimulateRoutingRequest, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { MeasureFairness } from './measure-fairness';
import { SimulateRouting } from './simulate-routing';

@Controller()
export class InsightController {
  constructor(private readonly simulations: SimulateRouting, private readonly fairness: MeasureFairness) {}

  @Answers(SimulateRoutingRequest)
  simulate(question: QuestionOf<typeof SimulateRoutingRequest>): Promise<AnswerOf<typeof SimulateRoutingRequest>> {
    return this.simulations.handle(question);
  }

  @Answers(GetFairness)
  measure(question: QuestionOf<typeof GetFairness>): Promise<AnswerOf<typeof GetFairness>> {
    return this.fairness.handle(question);
  }
}
