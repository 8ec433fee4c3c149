import { SPOOL, STREAM } from '../../libs/messaging/src';
import { eventually, startCell } from '../../libs/testing/src';
import { intake } from '../../apps/intake/src/intake.module';
import { scoring } from '../../apps/scoring/src/scoring.module';

/** With the rights of one service alone: any of them may be the only one that runs when the store is lost. */
test.each([
  { service: scoring, streams: [STREAM] }, { service: intake, streams: [STREAM, SPOOL] },
])('$service.name makes the streams that it uses again, and no other', async ({ service, streams }) => {
  const cell = await startCell({ services: [service] });
  const names = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const name of (await cell.jetstream()).streams.names()) found.push(name);
    return found.sort();
  };
  expect(await names()).toEqual(streams);
  await cell.killBroker({ loseStore: true });
  await eventually('the streams are there again', async () => (await names()).join() === streams.join(), { timeoutMs: 20_000 });
  await cell.settled();
  await cell.stop(); // fails if it was refused something
});
