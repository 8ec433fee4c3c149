import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InboundRequest, PlainAnswer } from '@headwater/inlets';
import { Open } from '../access/open';
import { Inlets } from '../inlets/inlets';
import { ReceiveDeliveries } from './receive-deliveries';

/** Where other systems send what they have: each connector has an address of its own. */
/** An e-mail may be so long, attachments that are dropped included; other deliveries as long as any body. */
const MOST_BYTES = 1024 * 1024;

@ApiExcludeController()
@Controller('in')
export class InboundController {
  constructor(private readonly inlets: Inlets, private readonly deliveries: ReceiveDeliveries) {}

  /** A vendor makes sure that the address is ours. */
  @Get(':key')
  @Open()
  async verifyAddress(@Param('key') key: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const inlet = await this.inlets.require('connector', key);
    const answer = this.deliveries.challenge(inlet, inboundRequest(request));
    return answer ? plain(reply, answer) : { message: 'This address takes deliveries by POST' };
  }

  @Post(':key')
  @Open({ mostBytes: MOST_BYTES })
  async receiveDelivery(@Param('key') key: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const inlet = await this.inlets.require('connector', key);
    const inbound = inboundRequest(request);
    const challenge = this.deliveries.challenge(inlet, inbound);
    if (challenge) return plain(reply, challenge);
    const { correlation_id, traceparent } = request.scope;
    const { receipts, thanks } = await this.deliveries.receive(inlet, inbound, { correlation_id, ...(traceparent ? { traceparent } : {}) });
    void reply.status(200);
    return thanks ? plain(reply, thanks) : { message: 'Received', data: { submissions: receipts } };
  }
}

function plain(reply: FastifyReply, { status, content_type, body }: PlainAnswer): string {
  void reply.status(status).header('content-type', content_type);
  return body;
}

/** The request as its sender made it; behind a proxy by `X-Forwarded-Proto` and `X-Forwarded-Host`, and as it reached us. */
function inboundRequest({ method, url, headers, query, body, protocol, host, hostname }: FastifyRequest): InboundRequest {
  const hosts = [...new Set([host, headers.host, hostname].filter((one) => one !== undefined))];
  return {
    method,
    urls: hosts.flatMap((one) => [...new Set([protocol, 'https', 'http'])].map((scheme) => `${scheme}://${one}${url}`)),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])),
    query: Object.fromEntries(Object.entries(query as Record<string, unknown>).map(([name, value]) => [name, String([value].flat()[0])])),
    bytes: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}
