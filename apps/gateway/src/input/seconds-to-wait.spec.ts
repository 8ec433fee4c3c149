import { secondsToWait } from './seconds-to-wait';

test.each([
  ['wait=5', 5], ['respond-async, wait=10', 10], ['Wait = 3; x=y', 3], ['wait=900', 20], [undefined, 0], ['', 0], ['await=5', 0], ['wait=-1', 0], ['wait=x', 0], ['wait=5s', 0],
])('%s waits %d seconds', (header, seconds) => expect(secondsToWait(header, 20)).toBe(seconds));
