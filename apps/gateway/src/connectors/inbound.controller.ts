import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InboundRequest, PlainAnswer } from '@headwater/inlets';
import { Open } from '../access/open';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config';
import { Inlets } from '../inlets/inlets';
import { plainOnly } from '../inlets/plain-only';
import { TokenBuckets } from '../inlets/token-bucket';
import { tooMany } from '../inlets/too-many';
import { MOST_BYTES_OF_MAIL } from './bound-deliveries';
import { ReceiveDeliveries } from './receive-deliveries';

/** Of each connector, by each replica: far beyond what vendors send, so that one of them can't take all there is. */
const MOST_PER_MINUTE = 6_000;

/**
 * Where other systems send what they have: each connector has an address of its own. Not in the OpenAPI document: what is sent, and what has to
 * be answered, is each vendor's own contract, and nobody generates a client for it; docs/connectors.md says what each kind takes.
 */
@ApiExcludeController()
@Controller('in')
export class InboundController {
  private readonly taken = new TokenBuckets();

  constructor(
    private readonly inlets: Inlets, private readonly deliveries: ReceiveDeliveries, @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  /** A vendor makes sure that the address is ours. */
  @Get(':key')
  @Open()
  async verifyAddress(@Param('key') key: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const inlet = await this.inlets.require('connector', key);
    const answer = this.deliveries.challenge(inlet, inboundRequest(request, this.config.PUBLIC_URL));
    return answer ? plain(reply, answer) : { message: 'This address takes deliveries by POST' };
  }

  @Post(':key')
  @Open({ mostBytes: MOST_BYTES_OF_MAIL })
  async receiveDelivery(@Param('key') key: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const inlet = await this.inlets.require('connector', key);
    const waitMs = this.taken.take(key, MOST_PER_MINUTE, performance.now());
    if (waitMs > 0) throw tooMany(waitMs);
    plainOnly(request.headers);
    const inbound = inboundRequest(request, this.config.PUBLIC_URL);
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

/**
 * The request as its sender made it: by the address that the operator has named, by what proxies say, or as it reached us. A signature
 * is over one of these; one over another address would have to be made with the vendor's secret all the same.
 */
function inboundRequest({ method, url, headers, query, body, protocol, host, hostname }: FastifyRequest, publicUrl: string | undefined): InboundRequest {
  const hosts = [...new Set([host, headers.host, hostname].filter((one) => one !== undefined))];
  return {
    method,
    urls: [...(publicUrl ? [publicUrl + url] : []), ...hosts.flatMap((one) => [...new Set([protocol, 'https', 'http'])].map((scheme) => `${scheme}://${one}${url}`))],
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])),
    query: Object.fromEntries(Object.entries(query as Record<string, unknown>).map(([name, value]) => [name, String([value].flat()[0])])),
    bytes: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}
