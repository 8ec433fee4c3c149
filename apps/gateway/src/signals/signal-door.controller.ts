import { Controller, Options, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MOST_EVENTS_OF_A_PAGE, PageEvent, PageEvents } from '@headwater/contracts';
import { Open } from '../access/open';
import { EXAMPLE_FORM_KEY } from '../documents/example';
import { Returns } from '../documents/returns';
import { schemaOf } from '../documents/schemas';
import { allowReading, answerPreflight } from '../forms/cross-origin';
import { TakeForm } from '../forms/take-form';
import { PathKey } from '../inlets/path-key';
import { plainOnly } from '../inlets/plain-only';
import { readPageEvents } from './read-page-events';
import { SendSignals } from './send-signals';
import { PageEventsReceipt } from './signals.answers';
import { submitPageEvents } from './signals.examples';

type PageRequest = FastifyRequest<{ Body: Buffer | undefined }>;

/** Where a page's script tells what its visitor saw: under the public key of a form, and of a cookie alone. */
@ApiTags('signals')
@Controller('f')
export class SignalDoorController {
  constructor(private readonly takeForm: TakeForm, private readonly signals: SendSignals) {}

  @Post(':key/events')
  @Open()
  @ApiConsumes('application/json', 'text/plain')
  @ApiBody({ required: true, schema: { anyOf: [schemaOf(PageEvent), schemaOf(PageEvents)] } })
  @Returns({
    summary: 'Tell what a visitor saw', data: PageEventsReceipt, status: 201, examples: submitPageEvents,
    description: `One event, or up to ${MOST_EVENTS_OF_A_PAGE} as \`events\`, of pages that have this form, by their cookie; they happened now. `
      + 'With the origins and the rates of the form. The answer tells nothing of who is known. Whose a cookie is says a form that carries it as `visitor_id`, never a script.',
  })
  async submitPageEvents(@PathKey('Form', 'key', EXAMPLE_FORM_KEY) key: string, @Req() request: PageRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const form = await this.takeForm.form(key);
    const { inlet, tenant } = form;
    allowReading(form, request, reply);
    this.takeForm.limit(inlet, request);
    const { headers, scope, body } = request;
    scope.tenant = tenant.id;
    plainOnly(headers);
    const events = readPageEvents(headers['content-type'], body);
    const { correlation_id, traceparent } = scope;
    await this.signals.send(
      { tenant, actor: { kind: 'form', id: `form ${inlet.id}`, name: inlet.name }, correlation_id, ...(traceparent ? { traceparent } : {}) },
      events.map((item) => ({ ok: true, item })));
    return { message: 'Thank you', data: { received: events.length } satisfies PageEventsReceipt };
  }

  @Options(':key/events')
  @Open()
  @ApiExcludeEndpoint()
  async mayBeTold(@Param('key') key: string, @Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await answerPreflight(await this.takeForm.form(key), request, reply);
  }
}
