import { encode } from 'iconv-lite';
import { sniffFormat } from './sniff-format';

const sniff = (text: string | Buffer, isWhole = true) => sniffFormat(Buffer.from(text), { isWhole });

describe('sniffFormat', () => {
  it.each([
    ['commas', 'first,last\nAda,Byron\n', { delimiter: ',' }],
    ['semicolons, with commas in numbers', 'Name;Umsatz\nA;1,5\nB;2,5\n', { delimiter: ';' }],
    ['tabs, with commas in text', 'name\tnote\nA\tx, y\nB\tz\n', { delimiter: '\t' }],
    ['bars', 'name|city\nA|x\n', { delimiter: '|' }],
    ['one column', 'email\na@b.example\n', { delimiter: ',' }],
    ['commas in quotes only', 'a;b\n"x,y,z";1\n"u,v,w";2\n', { delimiter: ';' }],
    ['other quotes', "a,b\n'x,y',1\n'u,v',2\n", { quote: "'" }],
    ['rows of which half are broken', 'Name;E-Mail;Umsatz\nA;a@b.example;2,5\n"x; y";c;3,1\nB\n"open;c\n1;2\n', { delimiter: ';' }],
    ['sentences, as one column', 'note\nfirst, we met\nsecond\n', { delimiter: ';' }],
    ['a quote that nobody closed, where nobody quotes otherwise', 'a,b\n"x,1\n"y"z,2\n"u""v",3\n', { quote: '"' }],
    ['old ends of lines', 'a,b\rx,y\r', { line_end: 'cr' }],
  ])('reads %s', (_what, text, expected) => {
    expect(sniff(text).format).toMatchObject({ quote: '"', line_end: 'lf', header: true, encoding: 'utf-8', ...expected });
  });

  it.each([
    ['utf-8', 'Straße,Ort\nÄ,Köln\n'], ['windows-1252', 'Name;Straße;Größe\nMüller;Königstraße 5;naïve café\n'],
    ['windows-1252', 'first,last\nJosé,Muñoz\nAnne,Lefèvre\n'], ['windows-1251', 'Имя,Фамилия,Компания\nИван,Петров,ООО Ромашка\n'],
    ['shift_jis', '名前,会社\n山田太郎,株式会社東京\n佐藤花子,大阪商事\n'], ['gb18030', '姓名,公司\n张三,北京科技有限公司\n李四,上海贸易公司\n'],
    ['big5', '姓名,公司\n陳大文,台北科技公司\n'], ['utf-16le', 'name,city\nÅsa,Malmö\n'], ['utf-16be', 'name,city\nÅsa,Malmö\n'],
  ] as const)('finds out that it is written in %s', (encoding, text) => {
    const { format, records } = sniff(encode(text, encoding, { addBOM: false }));
    expect([format.encoding, records.map((record) => record.join())]).toEqual([encoding, text.trim().split('\n').map((line) => line.replaceAll(';', ','))]);
  });

  it('does not take UTF-8 for something else because of a row that was pasted from elsewhere', () => {
    const [row, pasted] = ['Zoë,Köln\n', 'Jörg,Weiß\n'];
    const { format, confidence, records } = sniff(Buffer.concat([Buffer.from(row.repeat(20)), encode(pasted, 'windows-1252')]));
    expect([format.encoding, confidence < 1, records[0]]).toEqual(['utf-8', true, ['Zoë', 'Köln']]);
    expect(sniff(Buffer.concat([Buffer.from(row), encode(pasted.repeat(20), 'windows-1252')])).format.encoding).toBe('windows-1252');
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('trusts the mark of %s', (encoding) => {
    const { format, confidence, records } = sniff(encode('id,x\n1,2\n', encoding, { addBOM: true }));
    expect([format.encoding, confidence, records[0]]).toEqual([encoding, 1, ['id', 'x']]);
  });

  it('tells a header from data', () => {
    const header = (text: string) => sniff(text).format.header;
    expect([header('Ada,Byron,ada@x.example\nCarl,Gauss,carl@x.example\n'), header('1,2\n3,4\n'), header('A,B,C\nX,Y,Z\n'), header('x,2024-01-02\n')])
      .toEqual([false, false, true, false]);
  });

  it.each([
    ['utf-8', '\r\n', 7], ['utf-8', '\n', 6], ['utf-8', '\r', 6], ['utf-16le', '\r\n', 14],
  ] as const)('believes the line before the header that names the delimiter, in %s with %j', (encoding, end, length) => {
    const file = (line: string) => encode([line, 'name,first;city,country', 'Ada;Paris,FR', ''].join(end), encoding, { addBOM: true });
    const mark = encoding === 'utf-8' ? 3 : 2;
    const { format, records, begins } = sniff(file('sep=;'));
    expect([format.delimiter, records[0], begins]).toEqual([';', ['name,first', 'city,country'], { offset: mark + length, line: 1 }]);
    expect(sniffFormat(file('sep=;'), { isWhole: true, given: { delimiter: ',' } })).toMatchObject({ format: { delimiter: ',' }, begins: { line: 1 } });
    expect(sniff(file('sep=;;')).begins).toEqual({ offset: mark, line: 0 });
  });

  it('takes what is given, and guesses the rest', () => {
    const { format, confidence } = sniffFormat(Buffer.from('a;b,c\n1;2,3\n'), { isWhole: true, given: { delimiter: ',', header: false, encoding: 'cp850' } });
    expect([format.delimiter, format.header, format.encoding, confidence]).toEqual([',', false, 'cp850', 1]);
  });

  it('does not mind where a sample was cut off', () => {
    const text = Buffer.from('näme,city\nZoë,Köln\nÅsa,Malmö\n');
    for (let end = 11; end < text.length; end += 1) {
      expect(sniff(text.subarray(0, end), false)).toMatchObject({ format: { encoding: 'utf-8', delimiter: ',' } });
    }
  });
});
