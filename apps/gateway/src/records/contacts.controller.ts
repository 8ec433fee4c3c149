import { Controller, Get, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  Contact, CreateContact, CreateContactRequest, Flag, GetContact, Id, ListContacts, PatchContactRequest, Text, UpdateContact, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { IfMatch } from '../input/if-match';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './contacts.examples';
import { tag, versionIn } from './etag';

class ListContactsParameters extends PageParameters {
  @Text(320, { description: 'words of the name or the e-mail, by their beginnings; or part of a phone number' }) q?: string;
  @Id() account_id?: number;
  @Text(320) email?: string;
  @Flag() is_primary?: boolean;
  @Text(60) tag?: string;
}

@ApiTags('contacts')
@Controller('api/v1/crm/contacts')
export class ContactsController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('customers:read')
  @Returns({ summary: 'List contacts, newest first', data: Contact, list: true, examples: examples.listContacts })
  async listContacts(@InContext() context: Context, @Parameters(ListContactsParameters) parameters: ListContactsParameters) {
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = parameters;
    const { contacts, next_cursor } = await this.requester.ask(ListContacts, { context, filter, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Contacts listed', data: contacts, meta: { next_cursor } };
  }

  @Post()
  @Requires('customers:write')
  @Returns({ summary: 'Create a contact', data: Contact, status: 201, headers: ['Location', 'ETag'], examples: examples.createContact })
  async createContact(
    @InContext() context: Context, @JsonBody(CreateContactRequest) body: CreateContactRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { contact, version } = await this.requester.ask(CreateContact, { context, body });
    void reply.header('location', `/api/v1/crm/contacts/${contact.id}`);
    tag(reply, version);
    return { message: 'Contact created', data: contact };
  }

  @Get(':id')
  @Requires('customers:read')
  @Returns({ summary: 'Read a contact', data: Contact, headers: ['ETag'], examples: examples.getContact })
  async getContact(@PathId('Contact') id: number, @InContext() context: Context, @Res({ passthrough: true }) reply: FastifyReply) {
    const { contact, version } = await this.requester.ask(GetContact, { context, id });
    tag(reply, version);
    return { message: 'Contact found', data: contact };
  }

  @Patch(':id')
  @Requires('customers:write')
  @Returns({
    summary: 'Change a contact', data: Contact, headers: ['ETag'],
    description: 'Absent fields stay, null empties, `custom_fields` are merged by key, `tags` replaced.', examples: examples.updateContact,
  })
  async updateContact(
    @PathId('Contact') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @JsonBody(PatchContactRequest) patch: PatchContactRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { contact, version } = await this.requester.ask(UpdateContact, { context, id, patch, ...versionIn(ifMatch) });
    tag(reply, version);
    return { message: 'Contact updated', data: contact };
  }
}
