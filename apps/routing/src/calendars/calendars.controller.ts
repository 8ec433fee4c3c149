import { Controller } from '@nestjs/common';
import { DeleteCalendar, GetCalendar, ListCalendars, PutCalendar, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { KeepCalendars } from './keep-calendars';

@Controller()
export class CalendarsController {
  constructor(private readonly calendars: KeepCalendars) {}

  @Answers(ListCalendars)
  list(question: QuestionOf<typeof ListCalendars>): Promise<AnswerOf<typeof ListCalendars>> {
    return this.calendars.list(question);
  }

  @Answers(GetCalendar)
  get(question: QuestionOf<typeof GetCalendar>): Promise<AnswerOf<typeof GetCalendar>> {
    return this.calendars.get(question);
  }

  @Answers(PutCalendar)
  put(question: QuestionOf<typeof PutCalendar>): Promise<AnswerOf<typeof PutCalendar>> {
    return this.calendars.put(question);
  }

  @Answers(DeleteCalendar)
  remove(question: QuestionOf<typeof DeleteCalendar>): Promise<AnswerOf<typeof DeleteCalendar>> {
    return this.calendars.remove(question);
  }
}
