import { Controller, Delete, Get, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Calendar, CalendarRequest, DeleteCalendar, GetCalendar, ListCalendars, PutCalendar, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './calendars.examples';

/** When people work. */
@ApiTags('routing')
@Controller('api/v1/crm/routing/calendars')
export class CalendarsController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('routing:admin')
  @Returns({
    summary: 'List calendars, in the order in which they came', data: Calendar, list: true, examples: examples.listCalendars,
    description: 'A tenant begins with office hours, Monday to Friday from 9 to 17 in its own time zone.',
  })
  async listCalendars(@InContext() context: Context, @Parameters(PageParameters) { limit = DEFAULT_LIMIT, cursor }: PageParameters) {
    const { calendars, next_cursor } = await this.requester.ask(ListCalendars, { context, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Calendars listed', data: calendars, meta: { next_cursor } };
  }

  @Post()
  @Requires('routing:admin')
  @Returns({
    summary: 'Add a calendar', data: Calendar, status: 201, headers: ['Location'], examples: examples.createCalendar,
    description: 'Reps and teams name it as their working hours, SLA policies as the hours that count. Times are those of the clock on the wall in its time zone.',
  })
  async createCalendar(@InContext() context: Context, @JsonBody(CalendarRequest) body: CalendarRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { calendar } = await this.requester.ask(PutCalendar, { context, calendar: body });
    void reply.header('location', `/api/v1/crm/routing/calendars/${calendar.id}`);
    return { message: 'Calendar created', data: calendar };
  }

  @Get(':id')
  @Requires('routing:admin')
  @Returns({ summary: 'Read a calendar', data: Calendar, examples: examples.getCalendar })
  async getCalendar(@PathId('Calendar') id: number, @InContext() context: Context) {
    const { calendar } = await this.requester.ask(GetCalendar, { context, id });
    return { message: 'Calendar found', data: calendar };
  }

  @Put(':id')
  @Requires('routing:admin')
  @Returns({
    summary: 'Replace a calendar', data: Calendar, examples: examples.replaceCalendar,
    description: 'What is due by it already stays due when it was.',
  })
  async replaceCalendar(@PathId('Calendar') id: number, @InContext() context: Context, @JsonBody(CalendarRequest) body: CalendarRequest) {
    const { calendar } = await this.requester.ask(PutCalendar, { context, id, calendar: body });
    return { message: 'Calendar replaced', data: calendar };
  }

  @Delete(':id')
  @Requires('routing:admin')
  @Returns({ summary: 'Delete a calendar that nobody goes by', data: Calendar, examples: examples.deleteCalendar })
  async deleteCalendar(@PathId('Calendar') id: number, @InContext() context: Context) {
    const { calendar } = await this.requester.ask(DeleteCalendar, { context, id });
    return { message: 'Calendar deleted', data: calendar };
  }
}
