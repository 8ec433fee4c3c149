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
  [['dead-letters'], { name: 'dead-letters', discarded: false }],
  [['dead-letters', '--service', 'scoring', '--discarded'], { name: 'dead-letters', service: 'scoring', discarded: true }],
  [['dead-letters:show', 'scoring', '7'], { name: 'dead-letters:show', service: 'scoring', id: '7' }],
  [['dead-letters:replay', 'scoring', '7', '8'], { name: 'dead-letters:replay', service: 'scoring', ids: [7, 8] }],
  [['dead-letters:replay', 'scoring', '--all'], { name: 'dead-letters:replay', service: 'scoring', ids: [] }],
  [
    ['dead-letters:discard', 'scoring', '7', '--reason', 'sent by mistake'],
    { name: 'dead-letters:discard', service: 'scoring', id: '7', reason: 'sent by mistake' },
  ],
  [['republish', 'intake', '--tenant', 'acme'], { name: 'republish', services: ['intake'], tenant: 'acme' }],
  [['republish', 'intake', 'scoring'], { name: 'republish', services: ['intake', 'scoring'], tenant: undefined }],
])('reads %j', (argv, command) => {
  expect(readCommand(argv)).toEqual(command);
});

test.each([
  [['tenant:create'], 'tenant:create takes <id>'],
  [['tenant:list', 'acme'], 'tenant:list takes nothing'],
  [['key:create', 'acme'], 'key:create needs --role'],
  [['key:revoke', 'acme'], 'key:revoke takes <tenant> <key-id>'],
  [['republish', '--tenant', 'acme'], 'republish takes <service>, one or more'],
  [['key:list', 'acme', '--every'], "Unknown option '--every'"],
  [['dead-letters:replay', 'scoring'], 'dead-letters:replay takes <service>, and either --all or ids'],
  [['dead-letters:replay', 'scoring', '7', '--all'], 'dead-letters:replay takes <service>, and either --all or ids'],
  [['dead-letters:replay', 'scoring', 'seven'], 'dead-letters:replay takes <service>, and either --all or ids'],
  [['dead-letters:discard', 'scoring', '7'], 'dead-letters:discard needs --reason'],
  [['key:crate', 'acme'], 'There is no command key:crate.\n\nUsage:'],
])('refuses %j', (argv, sentence) => {
  expect(() => readCommand(argv)).toThrow(sentence);
});
