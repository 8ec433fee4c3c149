import { DomainError } from '@headwater/contracts';
import { about, within } from '../telemetry/scope';
import { ServiceLogger } from './service-logger';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

interface Line { level: string; message: string; err?: { message: string; stack: string; cause?: { message: string } }; [more: string]: unknown }

/** What is written by a logger of that level. */
function linesOf(write: (logger: ServiceLogger) => void, level = 'trace'): Line[] {
  const lines: string[] = [];
  write(new ServiceLogger('intake', { LOG_LEVEL: level, LOG_FORMAT: 'json' }, { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Line);
}

describe('a line', () => {
  it('says when, how bad, who and what', () => {
    const [line] = linesOf((logger) => logger.warn('The relay pauses', 'Relay'));
    expect(line).toEqual({ level: 'warn', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), service: 'intake', component: 'Relay', message: 'The relay pauses' });
  });

  it('is written from its level on', () => {
    const all = (logger: ServiceLogger) => { for (const level of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const) logger[level]('x', 'Y'); };
    expect(linesOf(all).map(({ level }) => level)).toEqual(['trace', 'debug', 'info', 'warn', 'error', 'fatal']);
    expect(linesOf(all, 'error').map(({ level }) => level)).toEqual(['error', 'fatal']);
  });

  it('is about whom is being served, without being told, and about nobody afterwards', async () => {
    const lines: Line[] = [];
    const scope = { tenant: 'demo', correlation_id: 'abc', traceparent: TRACEPARENT };
    const say = () => lines.push(...linesOf((logger) => logger.log('x', 'Y')));
    await Promise.all([within(scope, async () => { await null; say(); }), within({ tenant: 'other' }, async () => { await null; say(); })]);
    say();
    expect(lines[0]).toMatchObject({ tenant: 'demo', correlation_id: 'abc', trace_id: TRACEPARENT.slice(3, 35), span_id: TRACEPARENT.slice(36, 52) });
    expect(lines[1]).toMatchObject({ tenant: 'other' });
    expect(lines[2]).not.toHaveProperty('tenant');
  });
});

describe('what an error may say', () => {
  const sarah = { first_name: 'Sarah', last_name: 'O\'Neill-Hopp', email: 'sarah@corp.example', notes: 'wants (a lot) more' };
  const saidOf = (error: unknown, material?: unknown): string => {
    let text = '';
    about({ material }, () => { text = JSON.stringify(linesOf((logger) => logger.error({ err: error }, 'It failed', 'X'))); });
    return text;
  };

  it('is its kind, its words and where it happened', () => {
    const [{ err }] = linesOf((logger) => logger.error({ err: new TypeError('x is not a function', { cause: new Error('deeper') }) }, 'It failed', 'X'));
    expect(err).toMatchObject({ type: 'TypeError', message: 'x is not a function', stack: expect.stringContaining('service-logger.spec.ts'), cause: { message: 'deeper' } });
  });

  it('is nothing of what is being worked on, whatever it quotes', () => {
    const text = saidOf(new Error(`No ${sarah.first_name}: ${sarah.notes}, ${sarah.last_name.toUpperCase()}`), [{ lead: sarah }]);
    expect(text).not.toMatch(/sarah|neill|a lot/i);
    expect(text).toContain('No [redacted]');
  });

  it('is no e-mail address and no telephone number at all', () => {
    expect(saidOf(new Error('failed for sarah@corp.example and +49 151 234-5678, at sarah%40corp.example'))).not.toMatch(/corp|sarah|151/);
  });

  it('is no text that a parser could not read', () => {
    let failure: unknown;
    try { JSON.parse('{"name": Sarah}'); } catch (error) { failure = error; }
    expect((failure as Error).message).toContain('Sarah');
    expect(saidOf(failure)).not.toContain('Sarah');
  });

  it.each(['23505', '22P02', 'P0001'])('is of PostgreSQL the code %s and names of the schema: no row, no statement, no parameter', (code) => {
    const error = Object.assign(new Error(code === '23505' ? 'duplicate key value' : 'invalid input "Sarah"'), {
      severity: 'ERROR', code, table: 'lead', constraint: 'lead_key', detail: 'Key (name)=(Sarah)', where: 'Sarah', hint: 'Sarah',
      query: 'insert Sarah', parameters: ['Sarah'],
    });
    for (const one of [error, Object.assign(new Error(error.message), { driverError: error, query: 'Sarah', parameters: ['Sarah'] })]) {
      expect(saidOf(one)).not.toContain('Sarah');
      expect(saidOf(one)).toContain(`"code":"${code}","table":"lead"`);
    }
  });

  it('is of a refusal not its fields', () => {
    expect(saidOf(DomainError.invalidField('Sarah', 'unknown_field', 'No'))).not.toContain('Sarah');
  });
});
