import { Controller } from '@nestjs/common';
import { GetConversionMapping, PutConversionMapping, RestoreConversionMapping, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { KeepMapping } from './keep-mapping';

@Controller()
export class MappingController {
  constructor(private readonly mapping: KeepMapping) {}

  @Answers(GetConversionMapping)
  get(question: QuestionOf<typeof GetConversionMapping>): Promise<AnswerOf<typeof GetConversionMapping>> {
    return this.mapping.get(question);
  }

  @Answers(PutConversionMapping)
  put(question: QuestionOf<typeof PutConversionMapping>): Promise<AnswerOf<typeof PutConversionMapping>> {
    return this.mapping.put(question);
  }

  @Answers(RestoreConversionMapping)
  restore(question: QuestionOf<typeof RestoreConversionMapping>): Promise<AnswerOf<typeof RestoreConversionMapping>> {
    return this.mapping.restore(question);
  }
}
