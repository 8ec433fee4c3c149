import { intakeConfig } from './intake.config';

it.each([undefined, 'system', '10.0.0.2', '10.0.0.2:5353, 2001:db8::1', '[2001:db8::1]:53'])('takes %s for resolvers', (MX_RESOLVERS) => {
  expect(intakeConfig({ MX_RESOLVERS }).MX_RESOLVERS).toBe(MX_RESOLVERS);
});

it.each(['dns.example.com', '10.0.0', '10.0.0.2;10.0.0.3'])('says what is wrong with %s', (MX_RESOLVERS) => {
  expect(() => intakeConfig({ MX_RESOLVERS })).toThrow(/MX_RESOLVERS.*neither/s);
});
