import { senderAddress } from './sender-address';

const request = (forwarded?: string | string[]) => ({ socket: { remoteAddress: '10.0.0.1' }, headers: { 'x-forwarded-for': forwarded } });

it.each<[string | string[] | undefined, number, string]>([
  ['203.0.113.7', 0, '10.0.0.1'],
  [undefined, 1, '10.0.0.1'],
  ['203.0.113.7', 1, '203.0.113.7'],
  ['made up, 203.0.113.7', 1, '203.0.113.7'],
  ['made up, 203.0.113.7, 10.0.0.9', 2, '203.0.113.7'],
  [['made up', '203.0.113.7'], 1, '203.0.113.7'],
  ['203.0.113.7', 3, '203.0.113.7'],
])('of %j behind %i proxies is %s', (forwarded, proxies, address) => {
  expect(senderAddress(request(forwarded), proxies)).toBe(address);
});
