import { readOptions } from './options';

const NOTHING = { types: [], lead: undefined, tenant: undefined, lane: undefined, from: 'now', data: false, help: false };

test.each([
  [[], {}],
  [['--type', 'lead.scored', '--type', 'account.*'], { types: ['lead.scored', 'account.*'] }],
  [['--lead', '1234', '--tenant', 'demo', '--lane', 'bulk'], { lead: 1234, tenant: 'demo', lane: 'bulk' }],
  [['--since', '10m'], { from: 600_000 }],
  [['--since', '2d', '--data'], { from: 172_800_000, data: true }],
  [['--from-start'], { from: 'start' }],
  [['--help'], { help: true }],
])('reads %j', (argv, given) => {
  expect(readOptions(argv)).toEqual({ ...NOTHING, ...given });
});

test.each([
  [['--type', 'scored'], '--type takes a type like lead.scored or lead.*, not scored'],
  [['--type', 'lead.>'], '--type takes a type like lead.scored or lead.*, not lead.>'],
  [['--lead', 'sarah'], '--lead takes the id of a lead, not sarah'],
  [['--lead', ''], '--lead takes the id of a lead, not nothing'],
  [['--tenant', 'a.b'], '--tenant takes the id of a tenant, not a.b'],
  [['--lane', 'fast'], '--lane takes live or bulk, not fast'],
  [['--since', 'yesterday'], '--since takes a time like 30s, 10m, 2h or 1d, not yesterday'],
  [['--since', '1h', '--from-start'], '--since and --from-start exclude each other'],
  [['--every'], "Unknown option '--every'; npm run events:tail -- --help lists what there is"],
])('refuses %j', (argv, sentence) => {
  expect(() => readOptions(argv)).toThrow(sentence);
});
