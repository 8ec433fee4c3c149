import { textOfHtml } from './html-text';

describe('the text of HTML', () => {
  it.each([
    ['<p>One &amp; two</p><div>three<br>four</div>', 'One & two\nthree\nfour'], ['a < b and <b>c</b> > d', 'a < b and c > d'], ['1 < 2', '1 < 2'], ['x <', 'x <'],
    ['<HEAD><title>x</title></HEAD>İİ<style>p { }</style>seen<script>if (a<b) never()</script>', 'İİ seen'], ['<header>seen</header>', 'seen'],
    ['<!-- <b>never</b> --><p>seen</p><!--[if mso]><p>never</p><![endif]--><!--[if !mso]><!-->there<!--<![endif]-->', 'seen\nthere'],
    ['seen<script>never ends', 'seen'], ['seen<!-- never ends', 'seen'], ['seen<img src="data:image/png;base64,AAAA', 'seen'], ['', ''], ['<br><br> <p> </p>', ''],
  ])('of %j is %j', (html, text) => expect(textOfHtml(html, 1_000)).toBe(text));

  it('is read as far as it is asked for', () => {
    const html = `<p>${'word '.repeat(100)}</p>`.repeat(1_000);
    const text = textOfHtml(html, 10_000);
    expect([text.length > 9_000, text.length <= 10_000, textOfHtml(html, 1e9).startsWith(text.slice(0, 9_000))]).toEqual([true, true, true]);
  });

  it('is there behind a picture that stands in it', () => {
    expect(textOfHtml(`Hi<img src="data:image/png;base64,${'A'.repeat(5_000_000)}">there`, 1_000)).toBe('Hi there');
  });

  it.each([
    ...['<', '<br ', '<script ', '<b', '>', '</p', '<!-', '<>', '<b>', '<!-- -->', '&', ' ', '\n', 'x'].map((piece) => [piece, '', piece] as const),
    ['x and blanks', 'x'.repeat(119_999), ' '] as const, ['x and marks', 'x'.repeat(119_999), '<b> '] as const,
  ])('takes no longer than its length, be it of %j', (_name, begin, piece) => {
    for (const times of [1_000_000, 4_000_000]) {
      const start = process.cpuUsage(); // whatever else the machine does
      expect(textOfHtml(begin + piece.repeat(times), 120_000).length).toBeLessThan(200_000);
      expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_500); // some 50 ms; what is gone through again and again takes many seconds
    }
  });
});
