import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Health } from './health';

@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  /** The event loop turns. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  ready(@Res() reply: FastifyReply): void {
    void reply.status(this.health.ready ? 200 : 503).send({ status: this.health.ready ? 'ok' : 'not ready' });
  }

  @Get('details')
  async details(@Res() reply: FastifyReply): Promise<void> {
    const details = await this.health.details();
    void reply.status(details.status === 'ok' ? 200 : 503).send(details);
  }
}
