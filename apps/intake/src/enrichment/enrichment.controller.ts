import { Controller } from '@nestjs/common';
import {
  AddCompanies, EnrichLead, GetEnrichment, GetEnrichmentSetup, PutEnrichmentSetup, ReplaceCompanies, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { EnrichmentSetup } from './enrichment-setup';
import { PutCompanies } from './put-companies';
import { ReadEnrichment } from './read-enrichment';
import { RequestEnrichment } from './request-enrichment';

@Controller()
export class EnrichmentController {
  constructor(
    private readonly requestEnrichment: RequestEnrichment, private readonly readEnrichment: ReadEnrichment,
    private readonly setup: EnrichmentSetup, private readonly companies: PutCompanies,
  ) {}

  @Answers(EnrichLead)
  enrich(question: QuestionOf<typeof EnrichLead>): Promise<AnswerOf<typeof EnrichLead>> {
    return this.requestEnrichment.request(question);
  }

  @Answers(GetEnrichment)
  read(question: QuestionOf<typeof GetEnrichment>): Promise<AnswerOf<typeof GetEnrichment>> {
    return this.readEnrichment.read(question);
  }

  @Answers(GetEnrichmentSetup)
  getSetup(question: QuestionOf<typeof GetEnrichmentSetup>): Promise<AnswerOf<typeof GetEnrichmentSetup>> {
    return this.setup.get(question);
  }

  @Answers(PutEnrichmentSetup)
  putSetup(question: QuestionOf<typeof PutEnrichmentSetup>): Promise<AnswerOf<typeof PutEnrichmentSetup>> {
    return this.setup.put(question);
  }

  @Answers(AddCompanies)
  addCompanies(question: QuestionOf<typeof AddCompanies>): Promise<AnswerOf<typeof AddCompanies>> {
    return this.companies.add(question);
  }

  @Answers(ReplaceCompanies)
  replaceCompanies(question: QuestionOf<typeof ReplaceCompanies>): Promise<AnswerOf<typeof ReplaceCompanies>> {
    return this.companies.replace(question);
  }
}
