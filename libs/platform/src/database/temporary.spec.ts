import { isTemporary, sqlState } from './temporary';

const failed = (code: string) => Object.assign(new Error('query failed'), { driverError: Object.assign(new Error('x'), { code }) });

describe('isTemporary', () => {
  it.each(['08006', '40001', '40P01', '53300', '57P01', '57P03', '55P03', '25P03'])('%s may go away', (code) => {
    expect(isTemporary(failed(code))).toBe(true);
  });

  it.each(['23505', '22P02', '42P01', '21000', '23503'])('%s will not', (code) => {
    expect(isTemporary(failed(code))).toBe(false);
    expect(sqlState(failed(code))).toBe(code);
  });

  it('knows the network and a pool that gives no connection', () => {
    expect(isTemporary(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe(true);
    expect(isTemporary(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isTemporary(new Error('Query runner already released. Cannot run queries anymore.'))).toBe(true);
    expect(isTemporary(new Error('a', { cause: Object.assign(new Error('b'), { code: 'ECONNRESET' }) }))).toBe(true);
    expect(isTemporary(new TypeError('x is not a function'))).toBe(false);
    expect(isTemporary('nonsense')).toBe(false);
  });
});
