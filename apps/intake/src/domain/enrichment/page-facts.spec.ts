import { pageFacts } from './page-facts';
import { readPage } from './read-page';

const factsOf = (html: string, url = 'https://techcorp.example.com/') =>
  Object.fromEntries(pageFacts(readPage(html), { url, domain: 'example.com' }).map(({ field, value, confidence }) => [field, [value, confidence]]));

const ORGANISATION = {
  '@type': 'Organization', '@id': '#us', name: 'TechCorp Inc', legalName: 'TechCorp Incorporated', url: 'https://www.example.com', description: 'Makes tech.',
  telephone: '+1-555-0100', logo: { '@type': 'ImageObject', url: '/logo.svg' }, numberOfEmployees: { '@type': 'QuantitativeValue', value: 250 },
  sameAs: ['https://www.linkedin.com/company/techcorp', 'https://twitter.com/techcorp'],
  address: { '@type': 'PostalAddress', streetAddress: '1 Main St', addressLocality: 'Austin', addressRegion: 'TX', postalCode: '78701', addressCountry: 'USA' },
};
const ld = (data: unknown): string => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;

test('a page with schema.org says all that there is', () => {
  expect(factsOf(`<!doctype html><html lang=en><head><title>Home | TechCorp</title><meta name=description content="We sell &amp; make tech">
    <meta property="og:site_name" content=TechCorp><link rel="icon" href="/fav.ico">${ld(ORGANISATION)}</head>
    <body><a href="https://github.com/techcorp">code</a><a href="https://www.facebook.com/sharer/sharer.php?u=x">share</a></body></html>`)).toEqual({
    website: ['https://techcorp.example.com', 0.85], company_name: ['TechCorp Inc', 0.85], legal_name: ['TechCorp Incorporated', 0.85],
    description: ['Makes tech.', 0.85], company_phone: ['+1-555-0100', 0.85], employees: [250, 0.77], logo: ['https://techcorp.example.com/logo.svg', 0.85],
    street: ['1 Main St', 0.85], city: ['Austin', 0.85], state: ['TX', 0.85], postal_code: ['78701', 0.85], country: ['US', 0.85],
    title: ['Home | TechCorp', 0.65], language: ['en', 0.65],
    linkedin: ['https://www.linkedin.com/company/techcorp', 0.85], x: ['https://twitter.com/techcorp', 0.85], github: ['https://github.com/techcorp', 0.85],
  });
});

test('its own organisation is told from others', () => {
  const customer = { '@type': 'Organization', name: 'A customer', url: 'https://customer.example.org' };
  const review = { '@type': 'Review', author: { '@type': 'Organization', name: 'A reviewer' } };
  expect(factsOf(ld([customer, review, ORGANISATION])).company_name).toEqual(['TechCorp Inc', 0.85]);
  expect(factsOf(ld({ '@context': 'https://schema.org', '@graph': [{ '@type': 'WebSite', publisher: { ...ORGANISATION, url: undefined } }] })).company_name[0]).toBe('TechCorp Inc');
  expect(factsOf(`<title>x</title>${ld(review)}`).company_name).toBeUndefined();
});

test('what is only named is looked for in the graph, in a circle as well', () => {
  const { address, logo, numberOfEmployees, ...rest } = ORGANISATION;
  const graph = [
    { '@type': 'WebSite', '@id': '#site', publisher: { '@id': '#us' } },
    { ...rest, address: { '@id': '#address' }, logo: { '@type': 'ImageObject', '@id': '#logo' }, numberOfEmployees: { '@id': '#staff' }, subjectOf: Array.from({ length: 50 }, () => ({ '@id': '#us' })) },
    { ...numberOfEmployees, '@id': '#staff' }, { ...logo, '@id': '#logo' }, { ...address, '@id': '#address' },
  ];
  expect(factsOf(ld({ '@context': 'https://schema.org', '@graph': graph }))).toEqual(factsOf(ld(ORGANISATION)));
});

test('microdata is read as well', () => {
  const facts = factsOf(`<div itemscope itemtype="https://schema.org/Hotel"><h1 itemprop="name">Grand <b>Hotel</b></h1><img itemprop=image src=x.png>
    <div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="addressLocality">Zürich</span><meta itemprop="addressCountry" content="Schweiz"></div>
    <a itemprop="sameAs" href="https://www.instagram.com/grandhotel">us</a><span itemprop="telephone">044</span></div>`);
  expect(facts).toMatchObject({
    company_name: ['Grand Hotel', 0.85], city: ['Zürich', 0.85], country: ['CH', 0.85], industry: ['hospitality', 0.6], company_phone: ['044', 0.85],
    instagram: ['https://www.instagram.com/grandhotel', 0.85],
  });
});

test('a page without any of it still has a head', () => {
  expect(factsOf('<title>TechCorp</title><meta property="og:description" content="Tech.">')).toEqual({
    website: ['https://techcorp.example.com', 0.85], title: ['TechCorp', 0.65], description: ['Tech.', 0.6],
  });
});

test('what another domain says is not sure enough to fill', () => {
  const facts = factsOf(`<title>This domain is for sale</title>${ld({ '@type': 'Organization', name: 'Dealer' })}`, 'https://dealer.example.net/');
  expect(facts).toEqual({ led_to: ['https://dealer.example.net', 1], title: ['This domain is for sale', 0.33], company_name: ['Dealer', 0.43] });
});

test.each([
  ['nothing', ''], ['no HTML', '{"a":1}'], ['a broken block', '<script type="application/ld+json">{"@type":"Organization","name":</script>'],
  ['a block of null', ld(null)], ['numbers', ld([1, [2, [3]]])], ['a prototype', '<meta name="__proto__" content="x"><constructor>'],
])('of %s nothing is said', (_what, html) => expect(factsOf(html)).toEqual({}));

test('a wrapped block, capitals and a type with its address are read', () => {
  expect(factsOf('<SCRIPT TYPE="application/ld+json">\n//<![CDATA[\n{"@type":["http://schema.org/Corporation"],"name":"Big"}\n//]]>\n</SCRIPT>').company_name[0]).toBe('Big');
});

test.each([
  ['nested elements', '<div>x'.repeat(160_000)], ['ends without a beginning', `${'<b>'.repeat(160_000)}${'</i>'.repeat(160_000)}`],
  ['nested things', '<p itemscope itemprop=a>'.repeat(40_000)], ['nested JSON', ld(null).replace('null', '['.repeat(100_000))],
  ['nested graphs', `<script type="application/ld+json">${'{"@graph":['.repeat(20_000)}${']}'.repeat(20_000)}</script>`],
  ['links', '<a href=x>'.repeat(90_000)], ['spaces', `<script type="application/ld+json">${' '.repeat(250_000)}</script>`],
  ['numbers', ld({ '@type': 'Organization', numberOfEmployees: ' ,'.repeat(100_000) })],
])('a megabyte of %s is read in no time', (_what, html) => {
  const start = process.cpuUsage(); // whatever else the machine does
  factsOf(html);
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(3_000); // at most some 300 ms; what is gone through for each element anew takes much longer
});
