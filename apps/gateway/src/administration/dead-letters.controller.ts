import { Controller, Delete, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DeadLetter, deadLetterRequests, DeadLetterWithBody, DomainError, Flag, OneOf, ReplayRequest, ReplayResult, SERVICES, Text, type Service,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { From, type Incoming } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import { PathService } from './path-service';
import { ShowDeadLetters } from './show-dead-letters';
import * as examples from './operations.examples';

/** Letters that one request replays: few enough for its answer to come in time. */
const PART = 50;
const REPLAY_TIMEOUT_MS = 60_000;

class DeadLetterParameters extends PageParameters {
  @OneOf(SERVICES, { description: 'of this service alone' }) service?: Service;
  @Text(40, { description: 'of this tenant alone' }) tenant?: string;
  @Text(200, { description: 'of this subscription alone', example: 'scoring_lead_engaged_v1' }) subscription?: string;
  @Flag({ description: 'those that were discarded, instead of those that wait' }) discarded?: boolean;
}

class DiscardParameters {
  @Text(500, { required: true, description: 'why the event need not be handled' }) reason: string;
}

/** Events that a service could not handle: for whoever runs the installation. */
@ApiTags('operations')
@Controller('api/v1/admin/dead-letters')
export class DeadLettersController {
  constructor(private readonly requester: Requester, private readonly deadLetters: ShowDeadLetters) {}

  @Get()
  @Requires('operator')
  @Returns({ summary: 'List dead letters, the newest first', data: DeadLetter, list: true, examples: examples.listDeadLetters })
  async listDeadLetters(@Parameters(DeadLetterParameters) { service, cursor, limit = DEFAULT_LIMIT, ...filter }: DeadLetterParameters) {
    const { letters, next_cursor, missing } = await this.deadLetters.page(service, filter, cursor, limit);
    return { message: 'Dead letters listed', data: letters, meta: { next_cursor, ...(missing.length > 0 ? { missing } : {}) } };
  }

  @Get(':service/:id')
  @Requires('operator')
  @Returns({ summary: 'Read a dead letter with its event and its error', data: DeadLetterWithBody, examples: examples.getDeadLetter })
  async getDeadLetter(@PathService() service: Service, @PathId('Dead letter') id: number) {
    const { letter } = await this.requester.ask(deadLetterRequests(service).get, { id });
    return { message: 'Dead letter found', data: letter };
  }

  @Post(':service/replay')
  @Requires('operator')
  @Returns({
    summary: 'Handle dead letters again', data: ReplayResult,
    description: `With \`all\`, up to ${PART} letters: repeat it with \`after\` until \`next\` is null. Repeating does no harm: what was handled is gone.`,
    examples: examples.replayDeadLetters,
  })
  async replayDeadLetters(@PathService() service: Service, @From() from: Incoming, @JsonBody(ReplayRequest) { ids, all, after }: ReplayRequest) {
    if (!ids === !all) throw DomainError.invalidField('ids', 'required', 'Send either ids or all: true');
    const actor = nameOf(from);
    const question = ids ? { actor, ids } : { actor, all: true as const, after: after ?? 0, limit: PART };
    const result = await this.requester.ask(deadLetterRequests(service).replay, question, { timeoutMs: REPLAY_TIMEOUT_MS });
    return { message: 'Dead letters replayed', data: result };
  }

  @Delete(':service/:id')
  @Requires('operator')
  @Returns({
    summary: 'Discard a dead letter', data: DeadLetter,
    description: 'It is kept until its retention ends, with the reason, but it is neither listed nor replayed any more. The first reason stays.',
    examples: examples.discardDeadLetter,
  })
  async discardDeadLetter(
    @PathService() service: Service, @PathId('Dead letter') id: number, @From() from: Incoming,
    @Parameters(DiscardParameters) { reason }: DiscardParameters,
  ) {
    const { letter } = await this.requester.ask(deadLetterRequests(service).discard, { id, reason, actor: nameOf(from) });
    return { message: 'Dead letter discarded', data: letter };
  }
}

const nameOf = ({ caller: { actor } }: Incoming): string => actor.name ?? actor.id;
