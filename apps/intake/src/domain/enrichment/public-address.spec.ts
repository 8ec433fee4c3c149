import { isPublicAddress, literalAddress } from './public-address';

test.each([
  '8.8.8.8', '93.184.216.34', '172.15.255.255', '172.32.0.1', '100.63.255.255', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001:82f::200e',
])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

test.each([
  ['loopback', '127.0.0.1'], ['all of loopback', '127.255.255.254'], ['this host', '0.0.0.0'], ['this network', '0.1.2.3'],
  ['private', '10.0.0.1'], ['private', '172.16.0.1'], ['private', '172.31.255.255'], ['private', '192.168.1.1'],
  ['link-local', '169.254.0.1'], ['metadata of AWS, Google and Azure', '169.254.169.254'], ['metadata of Alibaba, carrier-grade NAT', '100.100.100.200'],
  ['metadata of Oracle', '192.0.0.192'], ['metadata of Azure', '168.63.129.16'], ['benchmarks', '198.18.0.1'], ['documentation', '192.0.2.1'],
  ['documentation', '203.0.113.9'], ['6to4 relay', '192.88.99.1'], ['multicast', '224.0.0.251'], ['reserved', '240.0.0.1'], ['broadcast', '255.255.255.255'],
  ['loopback', '::1'], ['nothing', '::'], ['mapped', '::ffff:127.0.0.1'], ['mapped, of a public one', '::ffff:8.8.8.8'], ['mapped, in hex', '::ffff:7f00:1'],
  ['compatible', '::7f00:1'], ['translated', '::ffff:0:127.0.0.1'], ['NAT64', '64:ff9b::7f00:1'], ['local NAT64', '64:ff9b:1::a00:1'], ['6to4', '2002:7f00:1::'],
  ['Teredo', '2001:0:7f00:1::1'], ['unique local', 'fc00::1'], ['metadata of AWS', 'fd00:ec2::254'], ['link-local', 'fe80::1'], ['link-local with a zone', 'fe80::1%eth0'],
  ['site-local', 'fec0::1'], ['multicast', 'ff02::1'], ['documentation', '2001:db8::1'], ['documentation', '3fff::1'], ['discard', '100::1'],
  ['a name', 'example.com'], ['nothing at all', ''],
])('%s (%s) is not', (_what, address) => expect(isPublicAddress(address)).toBe(false));

test('a host is an address, in brackets where it is IPv6, or a name', () => {
  expect(['127.0.0.1', '[::1]', 'example.com'].map(literalAddress)).toEqual(['127.0.0.1', '::1', null]);
});
