import { DomainError } from '@headwater/contracts';
import { readFields } from './read-fields';

const URL_ENCODED = 'application/x-www-form-urlencoded';
const read = async (type: string | undefined, body: string | Buffer) => (await readFields(type, Buffer.from(body as string))).fields;
const refusal = (type: string | undefined, body: string | Buffer) =>
  read(type, body).then(() => null, (error: DomainError) => [error.body.code, error.body.errors?.[0].field]);

function multipart(...parts: [string, string][]): [string, string] {
  const text = parts.map(([disposition, value]) => `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`).join('');
  return ['multipart/form-data; boundary=b', `${text}--b--\r\n`];
}

describe('the fields of a form', () => {
  it('are read as a browser sends them', async () => {
    expect(await read(URL_ENCODED, 'first_name=Zo%C3%AB+Ann&empty=&tag=a&tag=b&a%26b=1%3D2&flag')).toEqual(
      { first_name: 'Zoë Ann', empty: '', tag: ['a', 'b'], 'a&b': '1=2', flag: '' });
    expect(await read(`${URL_ENCODED}; charset=UTF-8`, '')).toEqual({});
    expect(await read(...multipart(['name="straße"', 'Größe 1']))).toEqual({ straße: 'Größe 1' });
    expect(await read(...multipart(['name="first_name"', 'Zoë'], ['name="tag"', 'a'], ['name="tag"', 'b']))).toEqual({ first_name: 'Zoë', tag: ['a', 'b'] });
  });

  it('are read from pages that are not in UTF-8', async () => {
    expect(await read(URL_ENCODED, 'city=M%FCnchen&price=5+%80&half=%E4%zz')).toEqual({ city: 'München', price: '5 €', half: 'ä%zz' });
  });

  it('can all be stored', async () => {
    expect(await read(URL_ENCODED, 'a=x%00y&__proto__=1')).toEqual(Object.fromEntries([['a', 'x\ufffdy'], ['__proto__', '1']]));
  });

  it('are an object in JSON', async () => {
    expect(await read('application/json', '{"email":"a@b.example","custom_fields":{"n":1}}')).toEqual({ email: 'a@b.example', custom_fields: { n: 1 } });
  });

  it.each<[string, string | undefined, string, string, string | undefined]>([
    ['a list', 'application/json', '[]', 'wrong_type', '(body)'],
    ['what is no JSON', 'application/json', '{', 'malformed', undefined],
    ['what is too deep', 'application/json', `${'{"a":'.repeat(30)}1${'}'.repeat(30)}`, 'too_deep', undefined],
    ['a broken multipart', 'multipart/form-data; boundary=b', '--b\r\n', 'malformed', undefined],
    ['a multipart without a boundary', 'multipart/form-data', 'x', 'malformed', undefined],
    ['a file', ...multipart(['name="cv"; filename="cv.pdf"', 'x']), 'no_files', 'cv'],
    ['XML', 'application/xml', '<a/>', 'unsupported_media_type', undefined],
    ['no type', undefined, 'a=b', 'unsupported_media_type', undefined],
    ['a long value', URL_ENCODED, `a=1&b=${'x'.repeat(10_001)}`, 'too_long', 'b'],
    ['a long name', URL_ENCODED, `${'x'.repeat(101)}=1`, 'wrong_name', 'x'.repeat(100)],
    ['many fields', URL_ENCODED, Array.from({ length: 201 }, (_, i) => `f${i}=1`).join('&'), 'too_many', '(body)'],
    ['many fields in parts', ...multipart(...Array.from({ length: 201 }, (_, i): [string, string] => [`name="f${i}"`, '1'])), 'too_many', '(body)'],
    ['very many fields', URL_ENCODED, 'a&'.repeat(3_000), 'too_many', '(body)'],
    ['very many fields in parts', ...multipart(...Array.from({ length: 3_000 }, (): [string, string] => ['name="a"', '1'])), 'too_many', '(body)'],
  ])('are refused as %s', async (_what, type, body, code, field) => {
    const [refused, at] = (await refusal(type, body))!;
    expect(refused).toBe(code);
    if (field) expect(at).toBe(field);
  });

  it('may lack a file that nobody chose', async () => {
    expect(await read(...multipart(['name="cv"; filename=""', ''], ['name="a"', '1']))).toEqual({ a: '1' });
  });
});
