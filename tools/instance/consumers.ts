import type { Service } from '@headwater/contracts';
import { consumerControlSubject } from '@headwater/messaging';
import type { System } from './system';
import { until } from './until';

const ANSWER_WITHIN_MS = 2_000;
const DONE_WITHIN_MS = 60_000;

/** Makes a service fall behind, as an operator would: what is published from now on isn't consumed by it. */
export const pauseConsumers = (system: System, service: Service): Promise<void> => control(system, service, 'pause');

export const resumeConsumers = (system: System, service: Service): Promise<void> => control(system, service, 'resume');

/** A service that is being restarted is asked again. */
async function control({ connection, signal }: System, service: Service, command: 'pause' | 'resume'): Promise<void> {
  await until(async () => {
    const answer = await connection.request(consumerControlSubject(service), command, { timeout: ANSWER_WITHIN_MS }).catch(() => undefined);
    return answer?.string() === 'ok';
  }, { signal, withinMs: DONE_WITHIN_MS, what: `${service} to ${command} its consumers` });
}
