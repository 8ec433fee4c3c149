import { Controller } from '@nestjs/common';
import {
  CreateAccount, CreateContact, CreateCustomer, ListAccounts, ListContacts, ListCustomers, UpdateAccount, UpdateContact, UpdateCustomer,
  type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { KeepAccounts } from './keep-accounts';
import { KeepContacts } from './keep-contacts';
import { KeepCustomers } from './keep-customers';

/** What conversion is asked of accounts, contacts and customers, besides reading one. */
@Controller()
export class RecordsController {
  constructor(private readonly accounts: KeepAccounts, private readonly contacts: KeepContacts, private readonly customers: KeepCustomers) {}

  @Answers(ListAccounts)
  listAccounts(question: QuestionOf<typeof ListAccounts>): Promise<AnswerOf<typeof ListAccounts>> {
    return this.accounts.list(question);
  }

  @Answers(CreateAccount)
  createAccount(question: QuestionOf<typeof CreateAccount>): Promise<AnswerOf<typeof CreateAccount>> {
    return this.accounts.create(question);
  }

  @Answers(UpdateAccount)
  updateAccount(question: QuestionOf<typeof UpdateAccount>): Promise<AnswerOf<typeof UpdateAccount>> {
    return this.accounts.update(question);
  }

  @Answers(ListContacts)
  listContacts(question: QuestionOf<typeof ListContacts>): Promise<AnswerOf<typeof ListContacts>> {
    return this.contacts.list(question);
  }

  @Answers(CreateContact)
  createContact(question: QuestionOf<typeof CreateContact>): Promise<AnswerOf<typeof CreateContact>> {
    return this.contacts.create(question);
  }

  @Answers(UpdateContact)
  updateContact(question: QuestionOf<typeof UpdateContact>): Promise<AnswerOf<typeof UpdateContact>> {
    return this.contacts.update(question);
  }

  @Answers(ListCustomers)
  listCustomers(question: QuestionOf<typeof ListCustomers>): Promise<AnswerOf<typeof ListCustomers>> {
    return this.customers.list(question);
  }

  @Answers(CreateCustomer)
  createCustomer(question: QuestionOf<typeof CreateCustomer>): Promise<AnswerOf<typeof CreateCustomer>> {
    return this.customers.create(question);
  }

  @Answers(UpdateCustomer)
  updateCustomer(question: QuestionOf<typeof UpdateCustomer>): Promise<AnswerOf<typeof UpdateCustomer>> {
    return this.customers.update(question);
  }
}
