import { Parser } from 'htmlparser2';
import { MicrodataReader } from './microdata';
import { readJsonLd, type Item } from './structured-data';

/** What a page says of itself and of whose it is, before anything is made of it. */
export interface Page {
  title: string | null;
  language: string | null;
  /** content by name or property, in lower case: the first of each */
  metas: ReadonlyMap<string, string>;
  /** addresses of icons, the best first */
  icons: string[];
  /** where it leads, as written */
  links: string[];
  items: Item[];
}

const MOST_LINKS = 2_000;
const MOST_METAS = 200;
const MOST_BLOCKS = 20;
const LONGEST_TITLE = 1_000;
const LONGEST_BLOCK = 256 * 1_024;
/** Nobody nests pages like that but to keep whoever reads them busy. */
const DEEPEST = 1_000;
const PART = 16 * 1_024;

type Attributes = Record<string, string>;

/** Reads HTML as it is found in the wild: broken, cut off, or none at all. */
export function readPage(html: string): Page {
  const metas = new Map<string, string>();
  const links: string[] = [];
  const icons: string[] = [];
  const blocks: string[] = [];
  const microdata = new MicrodataReader();
  let language: string | null = null;
  let title = '';
  let titles = 0;
  let within: 'title' | 'block' | null = null;
  let depth = 0;

  const opened: Record<string, (attributes: Attributes) => void> = {
    html: ({ lang }) => { language ??= lang || null; },
    title: () => { within = titles === 0 ? 'title' : null; titles += 1; },
    meta: ({ name, property, content }) => {
      const key = (property ?? name)?.toLowerCase();
      if (key && content && !metas.has(key) && metas.size < MOST_METAS) metas.set(key, content);
    },
    link: ({ rel, href }) => {
      if (href && /\bicon\b/i.test(rel ?? '')) icons[/apple-touch/i.test(rel) ? 'unshift' : 'push'](href);
    },
    a: ({ href }) => { if (href && links.length < MOST_LINKS) links.push(href); },
    script: ({ type }) => {
      if (!/^application\/ld\+json/i.test(type ?? '') || blocks.length === MOST_BLOCKS) return;
      within = 'block';
      blocks.push('');
    },
  };

  const parser = new Parser({
    onopentag: (name, attributes) => {
      depth += 1;
      if (Object.hasOwn(opened, name)) opened[name](attributes);
      microdata.open(attributes);
    },
    ontext: (text) => {
      if (within === 'title' && title.length < LONGEST_TITLE) title += text;
      else if (within === 'block' && blocks[blocks.length - 1].length < LONGEST_BLOCK) blocks[blocks.length - 1] += text;
      else microdata.text(text);
    },
    onclosetag: () => {
      depth -= 1;
      within = null;
      microdata.close();
    },
  }, { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true });
  for (let at = 0; at < html.length && depth <= DEEPEST; at += PART) parser.write(html.slice(at, at + PART));
  parser.end();
  return { title: title.trim() || null, language, metas, icons, links, items: [...blocks.flatMap(readJsonLd), ...microdata.items] };
}
