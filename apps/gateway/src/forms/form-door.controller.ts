import { Controller, Get, Options, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '@headwater/contracts';
import { formHtml } from '@headwater/inlets';
import { httpProblem } from '@headwater/platform';
import { Open } from '../access/open';
import { SubmissionReceipt } from '../capture/submissions.answers';
import { Returns, AlsoReturns } from '../documents/returns';
import { EXAMPLE_FORM_KEY, EXAMPLE_TOKEN } from '../documents/example';
import { PathKey } from '../inlets/path-key';
import { allowReading, answerPreflight } from './cross-origin';
import * as examples from './form-door.examples';
import { signMoment } from './made-at';
import { confirmedPage, formPage, PAGE_HEADERS, refusalPage, thanksPage } from './pages';
import { TakeForm, type TakenForm } from './take-form';

type FormRequest = FastifyRequest<{ Body: Buffer | undefined }>;

/** Where web forms send what people fill in. Nobody logs in here; browsers without a script are answered with pages. */
@ApiTags('forms')
@Controller('f')
export class FormDoorController {
  constructor(private readonly takeForm: TakeForm) {}

  @Post(':key')
  @Open()
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded', 'multipart/form-data')
  @ApiBody({ required: true, schema: { type: 'object', description: 'the fields of the form by their names', additionalProperties: true } })
  @Returns({
    summary: 'Send a form in', data: SubmissionReceipt, status: 201, examples: examples.submitForm,
    description: 'The fields as JSON, `application/x-www-form-urlencoded` or `multipart/form-data` without files. A browser without a script is sent on '
      + '(303) to the page that the form names, or sees one of ours. The answer is the same whether the person is known or not. Two equal '
      + 'submissions within 300 seconds are one.',
  })
  @AlsoReturns(202, 'Accepted and kept durably, because it can not be processed at the moment', SubmissionReceipt)
  async submitForm(
    @PathKey('Form', 'key', EXAMPLE_FORM_KEY) key: string, @Req() request: FormRequest, @Res() reply: FastifyReply,
  ): Promise<void> {
    await answer(request, reply, async () => {
      const form = await this.takeForm.form(key);
      allowReading(form, request, reply);
      const taken = await this.takeForm.take(form, request);
      if (wantsPage(request)) return thank(taken, reply);
      await reply.status(taken.spooled ? 202 : 201).send({ message: 'Thank you', data: { submission_id: taken.submission_id } satisfies SubmissionReceipt });
    });
  }

  /** What a browser asks before a script may send JSON. */
  @Options(':key')
  @Open()
  @ApiExcludeEndpoint()
  async mayBeSent(@Param('key') key: string, @Req() request: FormRequest, @Res() reply: FastifyReply): Promise<void> {
    await answerPreflight(await this.takeForm.form(key), request, reply);
  }

  /** The form as a page, for trying it, and for who follows its address. */
  @Get(':key')
  @Open()
  @ApiExcludeEndpoint()
  async showForm(@Param('key') key: string, @Req() request: FormRequest, @Res() reply: FastifyReply): Promise<void> {
    await answer(request, reply, async () => {
      const { inlet, settings } = await this.takeForm.form(key);
      const html = formHtml(settings, { action: `/f/${inlet.key}`, madeAt: signMoment(Date.now(), inlet.secret) });
      await reply.headers(PAGE_HEADERS).send(formPage(inlet.name, html));
    });
  }

  @Get('confirm/:token')
  @Open()
  @Returns({
    summary: 'Confirm a form that was sent', data: SubmissionReceipt, examples: examples.confirmForm,
    description: 'Where the link in the mail leads that a form with double opt-in asks for. The first time its submission is taken in; every time the '
      + 'answer is the same. Browsers see a page.',
  })
  async confirmForm(
    @PathKey('Confirmation', 'token', EXAMPLE_TOKEN) token: string, @Req() request: FormRequest, @Res() reply: FastifyReply,
  ): Promise<void> {
    // Mail servers look whether there is a page, before anybody has read the mail: there is one for any token, that of nothing too.
    if (request.method === 'HEAD') return void await reply.send();
    await answer(request, reply, async () => {
      const submission_id = await this.takeForm.confirm(token, request);
      if (wantsPage(request)) await reply.headers(PAGE_HEADERS).send(confirmedPage());
      else await reply.send({ message: 'Confirmed', data: { submission_id } satisfies SubmissionReceipt });
    });
  }
}

/** Does the work; a refusal is a page for those who see pages. @throws what is refused to everybody else */
async function answer(request: FormRequest, reply: FastifyReply, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError) || !wantsPage(request)) throw error;
    const { status, headers } = httpProblem(error.body);
    await reply.status(status).headers({ ...headers, ...PAGE_HEADERS }).send(refusalPage(error.body.detail, error.body.errors));
  }
}

/** Browsers show what comes: they say that they want HTML, or send a form and don't say that they want JSON. */
function wantsPage({ headers }: FormRequest): boolean {
  const [type, accept] = [headers['content-type']?.toLowerCase() ?? '', headers.accept ?? ''];
  if (type.startsWith('application/json')) return false;
  return accept.includes('text/html') || (isFormType(type) && !accept.includes('application/json'));
}

const isFormType = (type: string): boolean => /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(type);

async function thank({ redirect, settings }: TakenForm, reply: FastifyReply): Promise<void> {
  if (redirect) await reply.status(303).header('location', redirect).send();
  else await reply.status(200).headers(PAGE_HEADERS).send(thanksPage(settings.thanks ?? null, Boolean(settings.double_opt_in)));
}
