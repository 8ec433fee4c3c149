import { writeFileSync } from 'node:fs';

/** Stands for the number of a person in a template: as wide as one, so that every body of a template has the same length. */
const PLACE = '#########';
const FIRST = 110_000_000;
const TEMPLATES = 24;

const FIRST_NAMES = ['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elena', 'Farid', 'Grace', 'Hugo'];
const LAST_NAMES = ['Abara', 'Berg', 'Costa', 'Dubois', 'Engel', 'Fontaine', 'Gupta', 'Hansen', 'Ito'];
const TITLES = ['CTO', 'VP Sales', 'Head of Operations', 'Marketing Manager', 'Founder', 'Analyst', 'Procurement'];
const INDUSTRIES = ['technology', 'finance', 'healthcare', 'retail', 'manufacturing'];
const PLACES = [
  { city: 'Boston', state: 'MA', postal_code: '02110', country: 'US' },
  { city: 'Hamburg', state: 'HH', postal_code: '20095', country: 'DE' },
  { city: 'Lyon', state: 'ARA', postal_code: '69002', country: 'FR' },
  { city: 'Toronto', state: 'ON', postal_code: 'M5H 2N2', country: 'CA' },
];
const SIZES = [8, 40, 250, 900, 1_200, 5_000];
const SOURCES = ['web', 'referral', 'event', 'partner', 'advertisement'];

/** Bodies of leads, some 850 bytes each, of people that differ in everything by which a lead is found again. */
export class People {
  private next = FIRST;
  private readonly templates = Array.from({ length: TEMPLATES }, (_, index) => templateOf(index));

  /** Puts the templates where a load process finds them, one a line; the person with number n takes the line n modulo their count. */
  writeTemplates(file: string): void {
    writeFileSync(file, this.templates.join('\n'));
  }

  /** The number of the next person that nobody has sent yet. */
  get first(): number {
    return this.next;
  }

  /** These have been sent. */
  pass(count: number): void {
    this.next += count;
  }

  /** The body of the next person. */
  take(): string {
    this.pass(1);
    return bodyOf(this.templates, this.next - 1);
  }
}

export const bodyOf = (templates: readonly string[], person: number): string =>
  templates[person % templates.length]!.replaceAll(PLACE, String(person));

function templateOf(index: number): string {
  const pick = <Item>(items: readonly Item[]): Item => items[index % items.length]!;
  const [first_name, last_name] = [pick(FIRST_NAMES), pick(LAST_NAMES)];
  return JSON.stringify({
    first_name, last_name, email: `${first_name}.${last_name}.${PLACE}@company-${PLACE}.example`.toLowerCase(), phone: `+4915${PLACE}`,
    company_name: `Company ${PLACE}`, job_title: pick(TITLES), industry: pick(INDUSTRIES), employees: pick(SIZES),
    website: `https://www.company-${PLACE}.example`, street: `${index + 1} Harbour Street`, ...pick(PLACES),
    budget: '50k to 100k', timeline: 'within three months',
    description: 'We compare vendors for our three plants, and would like to see a demo.',
    source: pick(SOURCES), campaign: 'spring-webinar', utm: { source: 'newsletter', medium: 'email', campaign: 'spring-webinar' },
    page_url: 'https://www.vendor.example/demo?variant=b',
    consent: { text_version: '2025-11', at: '2026-03-02T09:30:00Z', origin: 'demo form' },
    custom_fields: { plants: 3, preferred_day: 'tuesday' },
  });
}
