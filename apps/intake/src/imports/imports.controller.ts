import { Controller } from '@nestjs/common';
import {
  AppendToImport, BeginImport, ChangeImport as ChangeImportRequest, DropUpload, FinishUpload, GetImport, ListImportRows, ListImports, ListRefusedRows,
  type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ChangeImport } from './change-import';
import { ReadImports } from './read-imports';
import { ReceiveFile } from './receive-file';

@Controller()
export class ImportsController {
  constructor(private readonly receiveFile: ReceiveFile, private readonly changeImport: ChangeImport, private readonly readImports: ReadImports) {}

  @Answers(BeginImport)
  begin(question: QuestionOf<typeof BeginImport>): Promise<AnswerOf<typeof BeginImport>> {
    return this.receiveFile.begin(question);
  }

  @Answers(AppendToImport)
  append(question: QuestionOf<typeof AppendToImport>): Promise<AnswerOf<typeof AppendToImport>> {
    return this.receiveFile.append(question);
  }

  @Answers(FinishUpload)
  finish(question: QuestionOf<typeof FinishUpload>): Promise<AnswerOf<typeof FinishUpload>> {
    return this.receiveFile.finish(question);
  }

  @Answers(DropUpload)
  drop(question: QuestionOf<typeof DropUpload>): Promise<AnswerOf<typeof DropUpload>> {
    return this.receiveFile.drop(question);
  }

  @Answers(ChangeImportRequest)
  change(question: QuestionOf<typeof ChangeImportRequest>): Promise<AnswerOf<typeof ChangeImportRequest>> {
    return this.changeImport.change(question);
  }

  @Answers(GetImport)
  get(question: QuestionOf<typeof GetImport>): Promise<AnswerOf<typeof GetImport>> {
    return this.readImports.get(question);
  }

  @Answers(ListImports)
  list(question: QuestionOf<typeof ListImports>): Promise<AnswerOf<typeof ListImports>> {
    return this.readImports.list(question);
  }

  @Answers(ListImportRows)
  rows(question: QuestionOf<typeof ListImportRows>): Promise<AnswerOf<typeof ListImportRows>> {
    return this.readImports.rows(question);
  }

  @Answers(ListRefusedRows)
  refused(question: QuestionOf<typeof ListRefusedRows>): Promise<AnswerOf<typeof ListRefusedRows>> {
    return this.readImports.refused(question);
  }
}
