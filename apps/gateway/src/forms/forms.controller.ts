import { Controller, Get, Inject, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ChangeFormRequest, ChangeInlet, CommandInlet, CreateFormRequest, CreateInlet, DomainError, Form, GetInlet, PageInlets,
  type Context, type FormSettings, type InletCommand, type InletRecord,
} from '@headwater/contracts';
import { formHtml, FORM_SCRIPT } from '@headwater/inlets';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { FormSnippet } from './forms.answers';
import { Returns } from '../documents/returns';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import { Inlets } from '../inlets/inlets';
import { ReachedAt } from '../inlets/reached-at';
import { signMoment } from './made-at';
import * as examples from './forms.examples';

/** Web forms of a tenant: each has a public key, under which it takes in what people fill in. */
@ApiTags('forms')
@Controller('api/v1/crm/forms')
export class FormsController {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig, private readonly requester: Requester, private readonly inlets: Inlets,
  ) {}

  @Post()
  @Requires('admin')
  @Returns({ summary: 'Create a form', data: Form, status: 201, headers: ['Location'], examples: examples.createForm })
  async createForm(@InContext() context: Context, @ReachedAt() base: string, @JsonBody(CreateFormRequest) { name, ...settings }: CreateFormRequest) {
    this.checkOptIn(settings);
    const changed = await this.requester.ask(CreateInlet, { context, kind: 'form', name, settings: withoutNull(settings) });
    return { message: 'Form created', data: await this.changed(changed, base) };
  }

  @Get()
  @Requires('admin')
  @Returns({ summary: 'List forms, revoked ones too', data: Form, list: true, examples: examples.listForms })
  async listForms(@InContext() context: Context, @ReachedAt() base: string, @Parameters(PageParameters) { limit = DEFAULT_LIMIT, cursor }: PageParameters) {
    const { inlets, next_cursor } = await this.requester.ask(PageInlets, { context, kind: 'form', limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Forms listed', data: inlets.map((inlet) => this.view(inlet, base)), meta: { next_cursor } };
  }

  @Get(':id')
  @Requires('admin')
  @Returns({ summary: 'Read a form', data: Form, examples: examples.getForm })
  async getForm(@PathId('Form') id: number, @InContext() context: Context, @ReachedAt() base: string) {
    const { inlet } = await this.requester.ask(GetInlet, { context, kind: 'form', id });
    return { message: 'Form found', data: this.view(inlet, base) };
  }

  @Patch(':id')
  @Requires('admin')
  @Returns({
    summary: 'Change a form', data: Form, examples: examples.updateForm,
    description: 'Absent settings stay; one that is given takes the place of its former value, lists as a whole; null takes it back.',
  })
  async updateForm(
    @PathId('Form') id: number, @InContext() context: Context, @ReachedAt() base: string, @JsonBody(ChangeFormRequest) { name, ...settings }: ChangeFormRequest,
  ) {
    this.checkOptIn(settings);
    const changed = await this.requester.ask(ChangeInlet, { context, kind: 'form', id, settings, ...(name ? { name } : {}) });
    return { message: 'Form updated', data: await this.changed(changed, base) };
  }

  @Post(':id/revoke')
  @Requires('admin')
  @Returns({ summary: 'Revoke a form', description: 'Nothing comes in by it any more: 410.', data: Form, examples: examples.revokeForm })
  async revokeForm(@PathId('Form') id: number, @InContext() context: Context, @ReachedAt() base: string) {
    return { message: 'Form revoked', data: await this.command(context, id, 'revoke', base) };
  }

  @Post(':id/restore')
  @Requires('admin')
  @Returns({ summary: 'Restore a form that was revoked', data: Form, examples: examples.restoreForm })
  async restoreForm(@PathId('Form') id: number, @InContext() context: Context, @ReachedAt() base: string) {
    return { message: 'Form restored', data: await this.command(context, id, 'restore', base) };
  }

  @Post(':id/rotate-key')
  @Requires('admin')
  @Returns({ summary: 'Give a form another key', data: Form, description: 'From now on the former one is not known: 404.', examples: examples.rotateFormKey })
  async rotateFormKey(@PathId('Form') id: number, @InContext() context: Context, @ReachedAt() base: string) {
    return { message: 'Form key rotated', data: await this.command(context, id, 'rotate_key', base) };
  }

  @Get(':id/snippet')
  @Requires('admin')
  @Returns({
    summary: 'Read a form as HTML', data: FormSnippet, examples: examples.getFormSnippet,
    description: 'To be copied into any page. It works without a script; `script` is optional.',
  })
  async getFormSnippet(@PathId('Form') id: number, @InContext() context: Context, @ReachedAt() base: string) {
    const { inlet } = await this.requester.ask(GetInlet, { context, kind: 'form', id });
    const { action, key } = this.view(inlet, base);
    const { secret } = await this.inlets.require('form', key);
    const html = formHtml(inlet.settings as FormSettings, { action, madeAt: signMoment(Date.now(), secret) });
    return { message: 'Snippet made', data: { html, script: FORM_SCRIPT } satisfies FormSnippet };
  }

  private async command(context: Context, id: number, command: InletCommand, base: string): Promise<Form> {
    return this.changed(await this.requester.ask(CommandInlet, { context, kind: 'form', id, command }), base);
  }

  /** What was changed holds here once it is answered; in other gateways a moment later. */
  private async changed({ inlet }: { inlet: InletRecord }, base: string): Promise<Form> {
    await this.inlets.refreshIfPossible();
    return this.view(inlet, base);
  }

  private view({ id, name, key, settings, created_at, updated_at, revoked_at }: InletRecord, base: string): Form {
    return { id, name, key, action: `${this.config.PUBLIC_URL ?? base}/f/${key}`, ...settings, created_at, updated_at, revoked_at };
  }

  /** The address in a mail must not be what the sender of a form says that we are called. */
  private checkOptIn({ double_opt_in }: FormSettings): void {
    if (!double_opt_in || this.config.PUBLIC_URL) return;
    throw DomainError.invalidField('double_opt_in', 'no_public_url',
      'double_opt_in needs an address for the link in the mail: set PUBLIC_URL of the gateway');
  }
}

const withoutNull = (settings: FormSettings): object => Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
