import { Controller } from '@nestjs/common';
import {
  ConvertLead as ConvertLeadRequest, CreateOpportunity as CreateOpportunityRequest, GetAccount, GetContact, GetCustomer,
  GetOpportunity, PreviewConversion as PreviewConversionRequest, SearchCustomers, SettleConversion as SettleConversionRequest, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ConvertLead } from './convert-lead';
import { CreateOpportunity } from './create-opportunity';
import { FindRecords } from './find-records';
import { PreviewConversion } from './preview-conversion';
import { SettleConversion } from './settle-conversion';

/** What conversion is asked over NATS. */
@Controller()
export class ConversionController {
  constructor(
    private readonly leads: ConvertLead,
    private readonly previews: PreviewConversion,
    private readonly conversions: SettleConversion,
    private readonly opportunities: CreateOpportunity,
    private readonly records: FindRecords,
  ) {}

  @Answers(ConvertLeadRequest)
  convertLead(question: QuestionOf<typeof ConvertLeadRequest>): Promise<AnswerOf<typeof ConvertLeadRequest>> {
    return this.leads.convert(question);
  }

  @Answers(PreviewConversionRequest)
  previewConversion(question: QuestionOf<typeof PreviewConversionRequest>): Promise<AnswerOf<typeof PreviewConversionRequest>> {
    return this.previews.preview(question);
  }

  @Answers(SettleConversionRequest)
  settleConversion(question: QuestionOf<typeof SettleConversionRequest>): Promise<AnswerOf<typeof SettleConversionRequest>> {
    return this.conversions.settle(question);
  }

  @Answers(CreateOpportunityRequest)
  createOpportunity(question: QuestionOf<typeof CreateOpportunityRequest>): Promise<AnswerOf<typeof CreateOpportunityRequest>> {
    return this.opportunities.create(question);
  }

  @Answers(SearchCustomers)
  searchCustomers({ context, q, limit }: QuestionOf<typeof SearchCustomers>): Promise<AnswerOf<typeof SearchCustomers>> {
    return this.records.searchCustomers(context.tenant.id, q, limit);
  }

  @Answers(GetCustomer)
  getCustomer({ context, id }: QuestionOf<typeof GetCustomer>): Promise<AnswerOf<typeof GetCustomer>> {
    return this.records.customer(context.tenant.id, id);
  }

  @Answers(GetAccount)
  getAccount({ context, id }: QuestionOf<typeof GetAccount>): Promise<AnswerOf<typeof GetAccount>> {
    return this.records.account(context.tenant.id, id);
  }

  @Answers(GetContact)
  getContact({ context, id }: QuestionOf<typeof GetContact>): Promise<AnswerOf<typeof GetContact>> {
    return this.records.contact(context.tenant.id, id);
  }

  @Answers(GetOpportunity)
  getOpportunity({ context, id }: QuestionOf<typeof GetOpportunity>): Promise<AnswerOf<typeof GetOpportunity>> {
    return this.records.opportunity(context.tenant.id, id);
  }
}
