import { readNamedHosts } from './named-hosts';

test('hosts are named by name, port and address', () => {
  expect(readNamedHosts(' data.internal, API.Vendor.example:8443,pages.example=127.0.0.1:8080,six.example=[::1]:81 ,')).toEqual([
    { host: 'data.internal', port: null, at: null }, { host: 'api.vendor.example', port: 8443, at: null },
    { host: 'pages.example', port: null, at: { address: '127.0.0.1', port: 8080 } }, { host: 'six.example', port: null, at: { address: '::1', port: 81 } },
  ]);
  expect(readNamedHosts('')).toEqual([]);
});

test.each(['a b', 'name:99999', 'name=other:80', 'name=127.0.0.1', 'https://name', 'name:0', '=127.0.0.1:80'])('"%s" names none', (text) => {
  expect(() => readNamedHosts(text)).toThrow(`"${text}" is neither`);
});
