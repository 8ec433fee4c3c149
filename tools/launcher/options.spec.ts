import { readOptions } from './options';

test('has defaults', () => {
  expect(readOptions([])).toEqual({ port: 8080, demo: true, help: false });
});

test('takes a port, and no demo', () => {
  expect(readOptions(['--port', '9000', '--no-demo'])).toEqual({ port: 9000, demo: false, help: false });
});

test.each([
  [['--port', '0'], '--port takes a number from 1 to 65535, not 0'],
  [['--port', 'http'], '--port takes a number from 1 to 65535, not http'],
  [['--prot', '9000'], "Unknown option '--prot'; npm start -- --help lists what there is"],
  [['demo'], "Unexpected argument 'demo'; npm start -- --help lists what there is"],
])('refuses %j in one sentence', (argv, sentence) => {
  expect(() => readOptions(argv)).toThrow(sentence);
});
