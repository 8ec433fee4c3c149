import { readCommand } from './command-line';

test.each([
  [[], { name: 'help' }],
  [['tenant:list'], { name: 'tenant:list' }],
  [
    ['tenant:create', 'acme', '--name', 'Acme', '--currency', 'EUR', '--time-zone', 'Europe/Berlin'],
    { name: 'tenant:create', tenant: 'acme', settings: { name: 'Acme', currency: 'EUR', time_zone: 'Europe/Berlin' } },
  ],
  [['key:create', 'acme', '--role', 'guest'], { name: 'key:create', tenant: 'acme', role: 'guest', label: 'guest key' }],
  [['key:list', 'acme'], { name: 'key:list', tenant: 'acme' }],
  [['key:revoke', 'acme', '7'], { name: 'key:revoke', tenant: 'acme', key: '7' }],
])('reads %j', (argv, command) => {
  expect(readCommand(argv)).toEqual(command);
});

test.each([
  [['tenant:create'], 'tenant:create takes <id>'],
  [['tenant:list', 'acme'], 'tenant:list takes nothing'],
  [['key:create', 'acme'], 'key:create needs --role'],
  [['key:revoke', 'acme'], 'key:revoke takes <tenant> <key-id>'],
  [['key:list', 'acme', '--all'], "Unknown option '--all'"],
  [['key:crate', 'acme'], 'There is no command key:crate.\n\nUsage:'],
])('refuses %j', (argv, sentence) => {
  expect(() => readCommand(argv)).toThrow(sentence);
});
