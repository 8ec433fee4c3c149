import { Controller, Module, type DynamicModule, type Type } from '@nestjs/common';
import { deadLetterRequests, republishRequest, type AnswerOf, type QuestionOf, type Service } from '@headwater/contracts';
import { Answers } from '../requests/requester';
import { DeadLetterDesk } from './dead-letter-desk';
import { REPUBLISHER, RepublishState, type Republisher } from './republisher';

/** What an operator may ask of any service. */
@Module({})
export class OperationsModule {
  /**
   * @param service under whose name the requests are answered: the one that the module is part of
   * @param republisher the class, provided by the service's module, that says again what it owns; null for nothing
   */
  static for(service: Service, republisher: (new (...args: never[]) => Republisher) | null): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [controllerOf(service)],
      providers: [{ provide: REPUBLISHER, useValue: republisher }, DeadLetterDesk, RepublishState],
    };
  }
}

/** Every service answers the same under its own name, and a pattern is a constant of its class: so each has a class. */
function controllerOf(service: Service): Type {
  const { list, get, replay, discard } = deadLetterRequests(service);
  const republish = republishRequest(service);

  @Controller()
  class OperationsController {
    constructor(private readonly desk: DeadLetterDesk, private readonly state: RepublishState) {}

    @Answers(list)
    list(question: QuestionOf<typeof list>): Promise<AnswerOf<typeof list>> {
      return this.desk.list(question);
    }

    @Answers(get)
    get(question: QuestionOf<typeof get>): Promise<AnswerOf<typeof get>> {
      return this.desk.get(question);
    }

    @Answers(replay)
    replay(question: QuestionOf<typeof replay>): Promise<AnswerOf<typeof replay>> {
      return this.desk.replay(question);
    }

    @Answers(discard)
    discard(question: QuestionOf<typeof discard>): Promise<AnswerOf<typeof discard>> {
      return this.desk.discard(question);
    }

    @Answers(republish)
    republish(question: QuestionOf<typeof republish>): Promise<AnswerOf<typeof republish>> {
      return this.state.republish(question);
    }
  }
  return OperationsController;
}
