import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { GetAssignments, GetScores, GetStatuses } from '../../libs/contracts/src';
import { eventually, startCell, type Cell } from '../../libs/testing/src';
import { gateway } from '../../apps/gateway/src/gateway.module';
import { client, inTime, OPERATOR_TOKEN, type Answer, type Send } from '../../apps/gateway/test/http';
import { intake } from '../../apps/intake/src/intake.module';

/** Lists of others, no part of the project; they may lie beside it or above. What isn't there is skipped. */
const VECTORS = locate(__dirname);
function locate(above: string): string | null {
  const place = join(above, 'shared/data/vectors');
  if (existsSync(place)) return place;
  return dirname(above) === above ? null : locate(dirname(above));
}
const read = (file: string): string => readFileSync(join(VECTORS as string, file), 'utf8');
const rows = (file: string): Record<string, string>[] => parse(read(file), { columns: true, relax_quotes: true }) as Record<string, string>[];

const LEADS = '/api/v1/crm/leads';

interface Result { status: number; lead_id?: number; errors?: { field: string; code: string }[] }
type Lead = Record<string, unknown> & { id: number };
/** What became of one item: its lead as it is read back, or the fields that were refused. */
interface Outcome { lead?: Lead; refused?: string[] }

let cell: Cell;
let send: Send;

/** Kept for later, being worked on, or not even kept: what a sender asks about once more, with its key. */
const UNDECIDED = [202, 409, 503];

async function captureRaw(leads: string[]): Promise<Outcome[]> {
  const headers = { 'idempotency-key': randomUUID() };
  // An intake that is behind has some of it kept: as any sender may, it asks once more what became of that.
  const results = await eventually('intake has taken all of it in', async () => {
    const answer = await send('POST', `${LEADS}/batch`, { raw: `{"leads":[${leads.join(',')}]}`, headers });
    expect(answer.status).toBe(200);
    const { results: own } = answer.body.data as unknown as { results: Result[] };
    return own.every(({ status }) => !UNDECIDED.includes(status)) && own;
  }, { timeoutMs: 25_000 });
  const known = await leadsOf(Math.min(...results.map(({ lead_id = Infinity }) => lead_id)));
  return results.map(({ status, lead_id, errors }) => {
    expect([200, 201, 422]).toContain(status);
    return lead_id === undefined ? { refused: errors!.map(({ field, code }) => `${field.replace(/^leads\[\d+\]\.?/, '')} ${code}`) } : { lead: known.get(lead_id)! };
  });
}
const capture = async (leads: object[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (let i = 0; i < leads.length; i += 1_000) outcomes.push(...await captureRaw(leads.slice(i, i + 1_000).map((lead) => JSON.stringify(lead))));
  return outcomes;
};

/** By id, from one on. */
async function leadsOf(first: number): Promise<Map<number, Lead>> {
  const found = new Map<number, Lead>();
  let cursor: string | null | undefined = '';
  do {
    const page: Answer = await send('GET', `${LEADS}?sort=-id&limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    for (const lead of page.body.data as unknown as Lead[]) found.set(lead.id, lead);
    cursor = page.body.meta?.next_cursor;
  } while (cursor && !found.has(first));
  return found;
}

const describeVectors = VECTORS ? describe : describe.skip;

describeVectors(`the vectors, through HTTP${VECTORS ? '' : ' (shared/data/vectors is not there)'}`, () => {
  beforeAll(async () => {
    cell = await startCell({ services: [intake] });
    await cell.add(gateway, { OPERATOR_TOKEN });
    // Nobody scores or routes here, and nobody needs to wait for it.
    await cell.answer(GetScores, () => ({ scores: [] }));
    await cell.answer(GetAssignments, () => ({ assignments: [] }));
    await cell.answer(GetStatuses, () => ({ statuses: [] }));
    const operator = client(cell.url('gateway'), OPERATOR_TOKEN);
    await operator('POST', '/api/v1/admin/tenants', { body: { id: 'demo' } });
    const { body } = await operator('POST', '/api/v1/admin/tenants/demo/keys', { body: { name: 'k', role: 'admin' } });
    send = client(cell.url('gateway'), (body.data as unknown as { key: string }).key);
  });
  afterAll(() => cell.stop());

  it('numbers of every country are valid and E.164, as they are dialled there and from abroad', async () => {
    const numbers = rows('phone_libphonenumber/example_numbers_visible.csv');
    const outcomes = await capture(numbers.map(({ region, national_example, expected_e164 }) =>
      ({ last_name: `${region} ${expected_e164}`, country: region, phone: national_example, mobile: expected_e164 })));
    const wrong = numbers.filter(({ expected_e164 }, i) => {
      const { phone, phone_valid, mobile, mobile_valid } = outcomes[i].lead!;
      return phone !== expected_e164 || mobile !== expected_e164 || !phone_valid || !mobile_valid;
    });
    // Benin put two digits before all its numbers in 2024: the list has them twice.
    expect(wrong.filter(({ region }) => region !== 'BJ').map(({ region, national_example }) => `${region} ${national_example}`)).toEqual([]);
    expect(wrong.length).toBeLessThan(5);
  });

  it('numbers in many writings are E.164 where they are possible, and else as they were given', async () => {
    const vectors = rows('phone_libphonenumber/parse_vectors.csv');
    const outcomes = await capture(vectors.map(({ input, default_region }, i) =>
      ({ last_name: `Writing ${i}`, phone: input, ...(/^(ZZ|None)$/.test(default_region) ? {} : { country: default_region }) })));
    const readings = vectors.map(({ input, country_code, national_number, italian_leading_zero }, i) => {
      if (input.length > 60) return outcomes[i].refused?.join() === 'phone too_long' ? 'refused' : 'wrong';
      const { phone } = outcomes[i].lead!;
      if (phone === `+${country_code}${italian_leading_zero ? '0' : ''}${national_number}`) return 'read';
      return phone === input.trim() ? 'kept' : 'wrong';
    });
    expect(vectors.filter((_, i) => readings[i] === 'wrong').map(({ input }) => input)).toEqual([]);
    expect(readings.filter((reading) => reading === 'read').length).toBeGreaterThan(45);
  });

  it('what is no number is kept as it was given', async () => {
    const inputs = rows('phone_libphonenumber/unparseable_vectors.csv').map((row) => [row.input_python_literal, row.default_region].map((text) => text.replace(/^"|"$/g, '')));
    const outcomes = await capture(inputs.map(([phone, region], i) => ({ last_name: `None ${i}`, phone, country: region })));
    expect(outcomes.map(({ lead }) => [lead!.phone, lead!.phone_valid])).toEqual(inputs.map(([phone]) => [phone, false]));
  });

  it('an address is valid when it can be written to', async () => {
    const vectors = ['tests.xml', 'tests-original.xml'].flatMap((file) => emailVectors(read(`email_isemail/${file}`)));
    expect(vectors.length).toBeGreaterThan(400);
    const outcomes = await capture(vectors.map(({ address }, i) => ({ last_name: `Address ${i}`, email: address })));
    const judged = vectors.map(({ address, category, diagnosis }, i) => {
      const { lead, refused } = outcomes[i];
      if (refused) return refused.join() === (address.includes('\0') ? 'email illegal_character' : 'email too_long') ? null : `${address}: ${refused.join()}`;
      if (!address.trim()) return lead!.email_valid === null ? null : `${address}: is something`;
      const wanted = mayBeWrittenTo(address, category, diagnosis);
      if (!lead!.email_valid && lead!.email !== address.trim()) return `${address}: changed to ${String(lead!.email)}`;
      return wanted === null || wanted === lead!.email_valid ? null : `${category} ${diagnosis} ${address}: ${String(lead!.email_valid)}`;
    });
    expect(judged.filter(Boolean)).toEqual([]);
  });

  it('naughty strings are kept as they are, in every field, or refused by the name of the field', async () => {
    const strings = JSON.parse(read('naughty_strings/blns.json')) as string[];
    const MAX = { last_name: 100, company_name: 200, job_title: 150, city: 100, description: 5_000, notes: 10_000 };
    const outcomes = await capture(strings.map((text) => ({
      ...Object.fromEntries(Object.keys(MAX).map((field) => [field, text])), custom_fields: { text, [nameOf(text)]: [text] },
    })));
    const wrong = strings.flatMap((text, i) => {
      const { lead, refused } = outcomes[i];
      if (refused) return text.length > MAX.last_name && refused.every((said) => /^(last_name|city|job_title|company_name) too_long$/.test(said)) ? [] : [`${text}: ${refused.join()}`];
      const kept = text.trim() === '' ? null : text;
      const fields = Object.keys(MAX).filter((field) => lead![field] !== kept);
      const custom = lead!.custom_fields as Record<string, unknown>;
      return fields.length > 0 || custom.text !== text || JSON.stringify(custom[nameOf(text)]) !== JSON.stringify([text])
        ? [`${JSON.stringify(text)}: ${fields.join()}`] : [];
    });
    expect(wrong).toEqual([]);
    const long = strings.filter((text) => text.length > MAX.last_name);
    const others = await capture(long.map((description) => ({ description, custom_fields: { description } })));
    expect(others.map(({ lead }) => [lead!.description, lead!.custom_fields])).toEqual(long.map((description) => [description, { description }]));
  });

  it('names of many scripts are kept, and have a surname', async () => {
    const names = parse(read('person_names_sample/rigour_sample_names.csv'), { relax_quotes: true, from: 2 }).map(([name]: string[]) => name) as string[];
    const outcomes = await capture(names.map((full_name) => ({ full_name })));
    const isStorable = (text: string) => !/\0|\p{Cs}/u.test(text);
    expect(outcomes.map(({ lead, refused }) => lead?.full_name ?? refused?.join())).toEqual(names.map((name) => (isStorable(name) ? name : 'full_name illegal_character')));
    expect(outcomes.filter(({ lead }) => lead && !lead.last_name)).toEqual([]);
  });

  it('JSON is what RFC 8259 says', async () => {
    const folder = 'json_test_suite/test_parsing';
    const files = readdirSync(join(VECTORS as string, folder));
    const statuses = new Map<string, number>();
    await Promise.all([0, 1, 2, 3].map(async (part) => {
      for (const file of files.filter((_, i) => i % 4 === part)) {
        statuses.set(file, (await inTime(() => send('POST', LEADS, { raw: readFileSync(join(VECTORS as string, folder, file)) }))).status);
      }
    }));
    expect([...statuses].filter(([file, status]) => file.startsWith('n_') && status !== 400)).toEqual([]);
    expect([...statuses].filter(([file, status]) => file.startsWith('y_') && ![201, 422].includes(status))).toEqual([]);
    expect([...statuses].filter(([, status]) => status >= 500)).toEqual([]);

    const isCustomValue = (value: unknown): boolean => (Array.isArray(value) ? value : [value]).every((one) => one === null || typeof one !== 'object');
    const texts = ['test_parsing', 'test_transform'].flatMap((suite) => readdirSync(join(VECTORS as string, 'json_test_suite', suite))
      .filter((file) => suite === 'test_transform' || file.startsWith('y_')).map((file) => read(`json_test_suite/${suite}/${file}`)))
      .filter((text) => isParsable(text) && isCustomValue(JSON.parse(text)));
    const outcomes = await captureRaw(texts.map((text) => `{"custom_fields":{"value":${text}}}`));
    const wrong = texts.filter((text, i) => {
      const { lead, refused } = outcomes[i];
      if (refused) return !/illegal_character|out_of_range/.test(refused.join());
      return JSON.stringify((lead!.custom_fields as { value?: unknown }).value ?? null) !== JSON.stringify(JSON.parse(text));
    });
    expect(wrong).toEqual([]);
    expect(texts.length).toBeGreaterThan(40);
  });
});

/** As long as a custom field's name may be, between characters. */
const nameOf = (text: string): string => [...text].slice(0, 50).join('') || 'empty';

const isParsable = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

interface EmailVector { address: string; category: string; diagnosis: string }

/** Control characters are written as their symbols there. */
function emailVectors(xml: string): EmailVector[] {
  return [...xml.matchAll(/<test id[\s\S]*?<\/test>/g)].map(([test]) => {
    const textOf = (name: string) => unescape(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(test)?.[1] ?? '');
    return {
      address: textOf('address').replace(/[\u2400-\u2421]/g, (symbol) => String.fromCharCode(symbol.charCodeAt(0) - 0x2400)),
      category: textOf('category').replace('ISEMAIL_', ''), diagnosis: textOf('diagnosis').replace('ISEMAIL_', ''),
    };
  });
}

const unescape = (text: string): string => text
  .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16))).replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
  .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** What we take of each category (docs/api/README.md): null where it depends on where a comment stands. */
function mayBeWrittenTo(address: string, category: string, diagnosis: string): boolean | null {
  const onPublicHost = /\.(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i.test(address.trim()) && !address.includes('@xn--example');
  switch (category) {
    case 'VALID_CATEGORY': case 'DNSWARN': return onPublicHost;
    case 'RFC5321': return diagnosis === 'RFC5321_QUOTEDSTRING' && !address.startsWith('""');
    case 'RFC5322': return false;
    case 'ERR': if (/\P{ASCII}/u.test(address)) return null; // RFC 6531 came later
      return /^ERR_(FWS_CRLF|CR_NO_LF|EXPECTING_ATEXT)/.test(diagnosis) && address !== address.trim() && !/[\r\n]/.test(address.trim());
    default: return null;
  }
}
