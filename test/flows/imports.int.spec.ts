import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { IMPORT_CHUNK_BYTES, type Import, type ImportRow, type ImportSetup } from '../../libs/contracts/src';
import { eventually, startCell, type Cell } from '../../libs/testing/src';
import { gateway } from '../../apps/gateway/src/gateway.module';
import { client, OPERATOR_TOKEN, type Send } from '../../apps/gateway/test/http';
import { intake } from '../../apps/intake/src/intake.module';

const IMPORTS = '/api/v1/crm/imports';
const CSV = { 'content-type': 'text/csv' };
const VECTORS = join(__dirname, '../../../shared/data/vectors');

let cell: Cell;
let send: Send;
let key: string;
beforeAll(async () => {
  cell = await startCell({ services: [] });
  await cell.add(gateway, { OPERATOR_TOKEN });
  await cell.add(intake, { IMPORT_MB_PER_TENANT: '30' });
  await cell.add(intake, { IMPORT_MB_PER_TENANT: '30' });
  const operator = client(cell.url('gateway'), OPERATOR_TOKEN);
  await operator('POST', '/api/v1/admin/tenants', { body: { id: 'demo' } });
  key = ((await operator('POST', '/api/v1/admin/tenants/demo/keys', { body: { name: 'k', role: 'admin' } })).body.data as unknown as { key: string }).key;
  send = client(cell.url('gateway'), key);
});
afterAll(() => cell.stop());

interface Answer<Data> { status: number; body: { data: Data; code?: string; errors?: { field: string; code: string }[] } }
const call = async <Data = Import>(method: string, path: string, options?: Parameters<Send>[2]): Promise<Answer<Data>> =>
  await send(method, `${IMPORTS}${path}`, options) as unknown as Answer<Data>;
const upload = (file: string | Buffer, headers: Record<string, string> = {}): Promise<Answer<Import>> =>
  call('POST', '?name=list.csv', { raw: file, headers: { ...CSV, ...headers } });
const uploaded = async (file: string | Buffer): Promise<Import> => {
  const { status, body } = await upload(file);
  expect([status, body.code]).toEqual([201, undefined]);
  return body.data;
};
const read = async (id: number): Promise<Import> => (await call('GET', `/${id}`)).body.data;
const settled = (id: number): Promise<Import> => eventually('the import has come to rest', async () => {
  const known = await read(id);
  return !['running', 'dry_run'].includes(known.state) && known;
}, { timeoutMs: 45_000 });
const imported = async (file: string | Buffer, setup: ImportSetup = {}): Promise<Import> => {
  const { id } = await uploaded(file);
  expect((await call('POST', `/${id}/start`, { body: setup })).status).toBe(200);
  return settled(id);
};
const rowsOf = async (id: number, query = '?limit=200'): Promise<ImportRow[]> => (await call<ImportRow[]>('GET', `/${id}/rows${query}`)).body.data;
const refusedBytesOf = async (id: number): Promise<Buffer> =>
  Buffer.from(await (await fetch(`${cell.url('gateway')}${IMPORTS}/${id}/refused.csv`, { headers: { authorization: `Bearer ${key}` } })).arrayBuffer());
const refusedOf = async (id: number): Promise<string> => new TextDecoder().decode(await refusedBytesOf(id));
const customFieldsOf = async (id: number): Promise<(Record<string, string> | undefined)[]> => {
  const leads = await cell.rows<{ fields?: Record<string, string> }>('intake', `
    select l.profile->'custom_fields' as fields from import_row r join lead l on l.id = r.lead_id where r.import_id = $1 order by r.number`, [id]);
  return leads.map(({ fields }) => fields);
};
let lists = 0;
/** So many people whom nobody knows, under a header. */
const listOf = (people: number, line = (n: string) => `Ada,Byron ${n},ada.${n}@list.example`): string => {
  lists += 1;
  return ['First name,Last name,E-Mail', ...Array.from({ length: people }, (_, i) => line(`${lists}x${i}`))].join('\n');
};

describe('a file', () => {
  it('is looked at: encoding, delimiter, columns with what they are guessed to be, first rows', async () => {
    const latin1 = Buffer.from('Vorname;Nachname;Straße;Schuhgröße\nJürgen;Groß;Königstraße 5;42\n', 'latin1');
    expect(await uploaded(latin1)).toMatchObject({
      state: 'uploaded', bytes: latin1.length, format: { encoding: 'windows-1252', delimiter: ';', header: true },
      columns: [{ field: 'first_name' }, { field: 'last_name' }, { header: 'Straße', field: 'street' }, { field: 'custom_fields.Schuhgröße' }],
      first_rows: [{ row: 1, values: ['Jürgen', 'Groß', 'Königstraße 5', '42'] }],
    });
  });

  it('makes leads, with a verdict for each row, and announces them in the bulk lane', async () => {
    const file = 'First name,Last name,E-Mail,Internal\nAda,Byron,ada@imported.example,x\nAda,Byron,ADA@imported.example,y\nCarl,Gauss\n,,,z\n';
    const done = await imported(file, { mapping: { Internal: null }, options: { source: 'trade_show', campaign: 'fair', tags: ['list'] } });
    expect(done).toMatchObject({ state: 'done', progress: { rows: 4, verdicts: { created: 1, touched: 1, rejected: 2 } } });
    const rows = await rowsOf(done.id);
    expect(rows.map(({ row, line, verdict, code, lead_id }) => [row, line, verdict, code, lead_id])).toEqual([
      [1, 2, 'created', null, rows[0].lead_id], [2, 3, 'touched', null, rows[0].lead_id],
      [3, 4, 'rejected', 'wrong_number_of_fields', null], [4, 5, 'rejected', 'empty_row', null],
    ]);
    expect(await rowsOf(done.id, '?verdict=touched')).toHaveLength(1);
    const { body } = await send('GET', `/api/v1/crm/submissions/${rows[2].submission_id}`);
    expect(body.data).toMatchObject({ state: 'done', verdict: 'rejected', code: 'wrong_number_of_fields', lead_id: null });
    await cell.settled();
    const events = cell.events<{ lead: { profile: object; attribution: object } }>('lead.captured').filter(({ leadid }) => leadid === rows[0].lead_id);
    expect(events.map(({ data: { lead } }) => [lead.profile, lead.attribution])).toEqual([
      [expect.objectContaining({ tags: ['list'] }), expect.objectContaining({ source: 'trade_show', campaign: 'fair', entry: 'import' })]]);
    expect(await cell.rows('intake', `select from outbox where envelope->>'leadid' = $1 and subject not like 'crm.demo.bulk.%'`, [String(rows[0].lead_id)])).toEqual([]);
    const log = await cell.rows<{ raw: object | null }>('intake', 'select raw from submission where inlet_kind = $1 and inlet_id = $2 order by code nulls first', ['import', done.id]);
    expect(log.map(({ raw }) => raw !== null)).toEqual([true, true, true, true]);
    const later = await eventually('intake has taken in who comes later', async () => {
      const { status, body: { data } } = await send('POST', '/api/v1/crm/leads', { body: { email: 'later@imported.example' }, headers: { 'idempotency-key': 'later' } });
      return status === 201 && data as unknown as { id: number };
    });
    const list = (await send('GET', '/api/v1/crm/submissions?limit=5')).body.data as unknown as { submission_id: string; lead_id: number }[];
    expect([list[0].lead_id, list.slice(1).map(({ submission_id }) => submission_id)]).toEqual([later.id, rows.map(({ submission_id }) => submission_id).reverse()]);
  });

  it('gives the refused rows back, in a way that no spreadsheet calculates with, and takes them again', async () => {
    const file = 'sep=,\nName,E-Mail,Note\n=cmd|x,,"a, ""b"""\n+1,x@y.example\n"open,a@b.example,x\nBob,bob@refused.example,ok\nEve,eve@y.example,1,5\n';
    const done = await imported(file);
    expect(await refusedOf(done.id)).toBe([
      'Name,E-Mail,Note,_row,_reason', "'+1,x@y.example,,2,It has 2 fields instead of 3", ',,,3,A quote is opened and never closed,"""open,a@b.example,x"',
      'Eve,eve@y.example,1,5,It has 4 fields instead of 3,5', '',
    ].join('\r\n'));
    expect(await refusedBytesOf(done.id)).toEqual(Buffer.from(`\ufeff${await refusedOf(done.id)}`)); // Excel knows UTF-8 by its mark
    const corrected = (await refusedOf(done.id)).replace('x@y.example,,2', 'x@y.example,now,2');
    const again = await imported(corrected);
    expect(again.columns?.map(({ field }) => field)).toEqual(['full_name', 'email', 'notes', null, null]);
    expect(again.progress.verdicts).toEqual({ created: 1, rejected: 2 }); // what nobody corrected is no lead yet
    expect((await cell.rows<{ name: string }>('intake', `select profile->>'full_name' as name from lead where profile->>'email' = 'x@y.example'`))).toEqual([{ name: '+1' }]);
  });

  it('says beforehand what would come of it, and writes nothing', async () => {
    const known = listOf(3);
    await imported(known);
    const before = await cell.rows('intake', 'select count(*) as n from lead');
    const people = listOf(900);
    const file = `${people},Shoe\n`.replace('E-Mail', 'E-Mail,Employees').replaceAll('.example\n', '.example,12\n').replace(',Shoe', ',none')
      + known.split('\n').slice(1).map((line) => `${line},5\n`).join('') + people.split('\n').slice(1, 4).map((line) => `${line},7\n`).join('') + '"\n';
    const { id } = await uploaded(file);
    await call('POST', `/${id}/dry-run`, { body: {} });
    const { state, report, progress } = await settled(id);
    expect([state, progress.rows]).toEqual(['uploaded', 0]);
    expect(report).toMatchObject({ rows: 907, verdicts: { created: 900, updated: 6, rejected: 1 } });
    expect(report!.problems).toEqual([
      expect.objectContaining({ column: 'Employees', code: 'no_number', rows: 1, samples: [{ row: 900, value: 'none' }] }),
      expect.objectContaining({ code: 'unclosed_quote', rows: 1 }),
    ]);
    expect(await cell.rows('intake', 'select count(*) as n from lead')).toEqual(before);
    await call('POST', `/${id}/start`, { body: {} });
    expect((await settled(id)).progress.verdicts).toEqual({ created: 900, updated: 6, rejected: 1 });
  });

  it('may only fill what is empty', async () => {
    await imported('E-Mail,Last name,City\nfill@policy.example,Old,\n');
    const { progress } = await imported('E-Mail,Last name,City\nfill@policy.example,Old,Rome\nfill@policy.example,Old,Paris\n', { options: { update: 'fill_empty' } });
    expect(progress.verdicts).toEqual({ updated: 1, touched: 1 });
    expect(await cell.rows('intake', `select profile->>'city' as city, pending->'city'->>'proposed' as waits from lead where profile->>'email' = 'fill@policy.example'`))
      .toEqual([{ city: 'Rome', waits: 'Paris' }]);
  });
});

describe('an upload', () => {
  const gzipped = (file: string | Buffer, coding = 'gzip') => upload(gzipSync(file), { 'content-encoding': coding });

  it('may be compressed, and may come in pieces of unknown number', async () => {
    const file = listOf(5_000);
    expect((await gzipped(file)).body.data).toMatchObject({ state: 'uploaded', bytes: Buffer.byteLength(file) });
    const streamed = await fetch(`${cell.url('gateway')}${IMPORTS}?name=stream.csv`, {
      method: 'POST', headers: { ...CSV, authorization: `Bearer ${key}` }, body: Readable.from(file.match(/[^]{1,1000}/g)!), duplex: 'half',
    } as RequestInit);
    expect(((await streamed.json()) as { data: Import }).data.bytes).toBe(Buffer.byteLength(file));
  });

  it('is refused with nothing left when it is a bomb, broken, or no file of rows', async () => {
    const before = await cell.rows('intake', 'select count(*) as n from import_chunk');
    const bomb = Buffer.alloc(28 * 1024 * 1024, 'a,b\n');
    expect(await gzipped(bomb)).toMatchObject({ status: 413, body: { code: 'suspicious_compression' } });
    expect(await upload(gzipSync(listOf(100)).subarray(0, 200), { 'content-encoding': 'gzip' })).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(await upload('no gzip at all', { 'content-encoding': 'gzip' })).toMatchObject({ status: 400 });
    expect(await upload(gzipSync('a,b\n'))).toMatchObject({ status: 422, body: { code: 'wrong_file' } });
    expect(await upload('')).toMatchObject({ status: 422, body: { code: 'empty_file' } });
    expect(await upload('a,b', { 'content-encoding': 'br' })).toMatchObject({ status: 415 });
    expect(await upload('[]', { 'content-type': 'application/json' })).toMatchObject({ status: 415 });
    for (const type of ['text/plain', 'multipart/form-data; boundary=b', 'application/x-www-form-urlencoded']) {
      expect(await upload(listOf(20_000), { 'content-type': type })).toMatchObject({ status: 415, body: { detail: expect.stringContaining('text/csv') as string } });
    }
    expect(await send('POST', '/api/v1/crm/leads', { raw: 'a,b', headers: CSV })).toMatchObject({ status: 415 });
    expect(await cell.rows('intake', 'select count(*) as n from import_chunk')).toEqual(before);
    expect(await cell.rows('intake', `select from import where state = 'uploading'`)).toEqual([]);
  });

  it('is refused when the tenant would keep too much', async () => {
    expect(await upload(Buffer.alloc(31 * 1024 * 1024, 'name,city\n'))).toMatchObject({ status: 413, body: { code: 'import_storage_full' } });
    expect(await cell.rows('intake', `select from import where state = 'uploading'`)).toEqual([]);
  });

  it('goes on where it was broken off, and is one import under one key', async () => {
    const file = listOf(10_000);
    const half = { method: 'POST', headers: { ...CSV, authorization: `Bearer ${key}`, 'idempotency-key': 'broken' }, duplex: 'half' };
    const abort = new AbortController();
    const broken = Readable.from((async function* () {
      yield file.slice(0, 200_000);
      // Two chunks: what is sent at offset 5 below is compared with the second one.
      await eventually('two chunks have arrived', async () => (await call<Import[]>('GET', '?state=uploading')).body.data[0]?.bytes >= 2 * IMPORT_CHUNK_BYTES);
      abort.abort();
      await new Promise(() => undefined);
    })());
    await fetch(`${cell.url('gateway')}${IMPORTS}?name=broken.csv`, { ...half, body: broken, signal: abort.signal } as RequestInit).catch(() => undefined);
    const [{ id, bytes }] = (await call<Import[]>('GET', '?state=uploading')).body.data;
    expect(bytes).toBeGreaterThan(0);
    expect(await call('PUT', `/${id}/file?offset=5`, { raw: file.slice(5), headers: CSV })).toMatchObject({ status: 422, body: { code: 'other_file' } });
    const repeated = await send('POST', `${IMPORTS}?name=broken.csv`, { raw: file, headers: { ...CSV, 'idempotency-key': 'broken' } });
    expect(repeated.body.data).toMatchObject({ id, state: 'uploaded', bytes: file.length });
    expect(await call('PUT', `/${id}/file?offset=${file.length}`, { raw: '', headers: CSV })).toMatchObject({ status: 200, body: { data: { id, state: 'uploaded' } } });
    const again = (raw: string) => upload(raw, { 'idempotency-key': 'broken' });
    for (const other of [file.slice(0, -1), `${file}x`, `${file}${file}`, 'name\nAda\n']) expect(await again(other)).toMatchObject({ status: 422, body: { code: 'other_file' } });
    await call('POST', `/${id}/cancel`);
    for (const any of [file, 'name\nAda\n']) expect(await again(any)).toMatchObject({ status: 409, body: { code: 'file_gone', import_state: 'cancelled' } });
    for (const [offset, raw] of [[0, file], [file.length, '']] as const) {
      expect(await call('PUT', `/${id}/file?offset=${offset}`, { raw, headers: CSV })).toMatchObject({ status: 409, body: { code: 'file_gone' } });
    }
  });
});

describe('an import that runs', () => {
  it('has PostgreSQL look at the tables that it makes grow, but not into their documents', async () => {
    expect(await imported(listOf(2_500))).toMatchObject({ state: 'done', progress: { verdicts: { created: 2_500 } } });
    const known = await eventually('the leads are counted', async () => {
      const columns = await cell.rows<{ name: string }>('intake', `select attname::text as name from pg_stats where schemaname = current_schema() and tablename = 'lead'`);
      return columns.length > 0 && columns.map(({ name }) => name);
    }, { timeoutMs: 20_000 });
    expect(known).toContain('updated_at');
    expect(known).not.toContain('profile');
  }, 60_000);

  const running = async (people: number, rows_per_s: number): Promise<number> => {
    const { id } = await uploaded(listOf(people));
    await call('POST', `/${id}/start`, { body: { options: { rows_per_s } } });
    return id;
  };

  it('is paused, resumed and cancelled', async () => {
    const id = await running(1_000, 10); // so many that nobody is too late to pause it
    await eventually('it has begun', async () => (await read(id)).progress.rows > 0);
    const paused = (await call('POST', `/${id}/pause`)).body.data;
    expect(paused).toMatchObject({ state: 'paused', progress: { rows: (await rowsOf(id)).length } });
    expect((await read(id)).progress.rows).toBe(paused.progress.rows);
    expect((await call('POST', `/${id}/pause`)).status).toBe(200);
    expect(await call('POST', `/${id}/start`, { body: {} })).toMatchObject({ status: 409, body: { code: 'invalid_transition' } });
    await call('POST', `/${id}/resume`);
    await eventually('it goes on', async () => (await read(id)).progress.rows > paused.progress.rows);
    expect((await read(id)).progress).toMatchObject({ rows_per_s: expect.any(Number), eta_s: expect.any(Number) });
    const cancelled = (await call('POST', `/${id}/cancel`)).body.data;
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.progress.rows).toBeLessThan(1_000);
    expect(await call('POST', `/${id}/resume`)).toMatchObject({ status: 409 });
  });

  it('shares with another one', async () => {
    const [one, other] = await Promise.all([uploaded(listOf(1_600)), uploaded(listOf(1_600))]);
    for (const { id } of [one, other]) await call('POST', `/${id}/start`, { body: {} });
    for (const { id } of [one, other]) expect(await settled(id)).toMatchObject({ state: 'done', progress: { verdicts: { created: 1_600 } } });
    const [{ apart }] = await cell.rows<{ apart: string }>('intake', `
      select extract(epoch from max(finished_at) - min(finished_at)) / extract(epoch from max(finished_at) - min(started_at)) as apart from import where id = any($1)`, [[one.id, other.id]]);
    expect(Number(apart)).toBeLessThan(0.5);
  });

  it('tells of columns and fields that are not there', async () => {
    const { id } = await uploaded(listOf(1));
    const setUp = (mapping: object) => call('PATCH', `/${id}`, { body: { mapping } });
    expect(await setUp({ Shoe: 'email' })).toMatchObject({ status: 422, body: { errors: [{ field: 'mapping.Shoe', code: 'unknown_column' }] } });
    expect(await setUp({ 'E-Mail': 'shoe' })).toMatchObject({ status: 422, body: { errors: [{ field: 'mapping.E-Mail', code: 'unknown_field' }] } });
    expect(await setUp({ 0: 'email', 1: 'email' })).toMatchObject({ status: 422, body: { code: 'field_twice' } });
    expect((await setUp({ 1: 'email' })).body.data.columns?.map(({ field }) => field)).toEqual(['first_name', 'email', null]);
    expect((await call('PATCH', `/${id}`, { body: { format: { delimiter: ';', header: false } } })).body.data.columns).toHaveLength(1);
  });
});

const maybe = existsSync(VECTORS) ? describe : describe.skip;
maybe('the torture of CSV', () => {
  const spectrum = existsSync(VECTORS) ? readdirSync(join(VECTORS, 'csv_spectrum/csvs')).map((file) => file.replace('.csv', '')) : [];
  const papaparse = existsSync(VECTORS) ? readdirSync(join(VECTORS, 'csv_papaparse')).filter((file) => file.endsWith('.csv')) : [];
  const asCustomFields = ({ columns }: Import): Record<string, string> => Object.fromEntries(columns!.map(({ header, column }) => [String(column), `custom_fields.${header}`]));
  const filled = (fields: object) => Object.fromEntries(Object.entries(fields).map(([name, value]: [string, string]) => [name, value.trim()]).filter(([, value]) => value !== ''));

  it.each(spectrum)('csv-spectrum: %s', async (name) => {
    const expected = JSON.parse(readFileSync(join(VECTORS, `csv_spectrum/json/${name}.json`), 'utf8')) as object[];
    const known = await uploaded(readFileSync(join(VECTORS, `csv_spectrum/csvs/${name}.csv`)));
    expect(known.first_rows!.map(({ values }) => Object.fromEntries(values.map((value, i) => [known.columns![i].header, value])))).toEqual(expected);
    await call('POST', `/${known.id}/start`, { body: { mapping: asCustomFields(known) } });
    await settled(known.id);
    expect(await customFieldsOf(known.id)).toEqual(expected.map(filled));
  });

  it.each(papaparse)('Papa Parse: %s', async (file) => {
    const bytes = readFileSync(join(VECTORS, 'csv_papaparse', file));
    const records = parse(bytes, { bom: true, relax_column_count: true, skip_empty_lines: true }) as string[][];
    const known = await uploaded(bytes);
    const rows = known.format!.header ? records.slice(1) : records;
    const isWhole = ({ length }: string[]) => length === records[0].length;
    if (known.format!.header) expect(known.columns!.map(({ header }) => header)).toEqual(records[0]);
    await call('POST', `/${known.id}/start`, { body: { mapping: asCustomFields(known) } });
    expect(await settled(known.id)).toMatchObject({ state: 'done', progress: { rows: rows.length } });
    expect((await rowsOf(known.id, '?verdict=rejected')).map(({ row, code }) => [row, code])).toEqual(rows.flatMap((row, i) => (isWhole(row) ? [] : [[i + 1, 'wrong_number_of_fields']])));
    expect(await customFieldsOf(known.id)).toEqual(rows.filter(isWhole).map((row) => filled(Object.fromEntries(row.map((value, i) => [known.columns![i].header, value])))));
  });
});
