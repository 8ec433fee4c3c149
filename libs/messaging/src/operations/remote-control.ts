import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Service } from '@headwater/contracts';
import { SERVICE_NAME } from '@headwater/platform';
import { Broker } from '../broker/broker';
import { Consumer } from '../consuming/consumer';

/** Every replica of a service hears this, not one of a queue group. */
export const consumerControlSubject = (service: Service): string => `ops.${service}.consumers`;

/** Lets an operator pause and resume the event consumers of a running service; requests are answered meanwhile. */
@Injectable()
export class RemoteControl implements OnApplicationBootstrap {
  constructor(
    @Inject(SERVICE_NAME) private readonly service: Service,
    private readonly broker: Broker,
    private readonly consumer: Consumer,
  ) {}

  onApplicationBootstrap(): void {
    this.broker.listen(consumerControlSubject(this.service), async (body) => {
      if (body === 'pause') await this.consumer.pause();
      else if (body === 'resume') await this.consumer.resume();
      else return `expected pause or resume, not "${body.slice(0, 20)}"`;
      return 'ok';
    });
  }
}
