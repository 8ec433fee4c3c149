import type { IntakeState } from '@headwater/contracts';
import { intakeState } from '@headwater/testing';
import { sum } from './contribution-lines';
import { defaultModel } from './default-model';
import type { Signal } from './score-engagement';
import { scoreLead } from './score-lead';
import type { ScoringModel } from './scoring-model';

const NOW = '2026-11-20T12:00:00.000Z';
const daysAgo = (days: number): string => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();

type Profile = Partial<IntakeState['profile']>;
const lead = (profile: Profile = {}, facts: Partial<IntakeState['facts']> = {}): IntakeState =>
  intakeState({ lead_id: 1, profile, facts });
const nobody = (profile: Profile = {}, facts: Partial<IntakeState['facts']> = {}): IntakeState => ({
  ...lead(), profile, facts: { email_valid: null, phone_valid: null, mobile_valid: null, email_kind: null, ...facts },
});
const score = (of: IntakeState, signals: Signal[] = [], model: ScoringModel = defaultModel) => scoreLead(of, signals, model, NOW);
const points = (of: IntakeState, rule: string, model?: ScoringModel) =>
  score(of, [], model).contributions.find((line) => line.rule === rule)?.points ?? 0;

let count = 0;
const signal = (type: string, at = NOW): Signal => ({ signal_id: `s${(count += 1)}`, type, at });

describe('the default model', () => {
  it('scores a CTO of a technology company of 250 with a business e-mail high', () => {
    expect(score(lead())).toMatchObject({ demographic: 4_400, behavioral: 0 });
  });

  it('scores an anonymous free mail address 0, and says what was evened out', () => {
    const { demographic, contributions } = score(nobody({ email: 'x@gmail.com' }, { email_valid: true, email_kind: 'free' }));
    expect(demographic).toBe(0);
    expect(contributions.map(({ rule, points: worth }) => [rule, worth])).toEqual([['email', -300], ['floor', 300]]);
  });

  it('gives nothing for what nobody knows', () => {
    expect(score(nobody())).toEqual({ demographic: 0, behavioral: 0, contributions: [] });
  });

  it('reaches 50 and no more', () => {
    expect(score(lead({ employees: 5_000 }, { phone_valid: true })).demographic).toBe(5_000);
  });
});

describe('fit', () => {
  it.each([
    ['CTO', 1_400], ['Chief Technology Officer', 1_400], ['Co-Founder & CEO', 1_400], ['Geschäftsführerin', 1_400],
    ['Directeur général', 1_400], ['President', 1_400], ['Vice President Sales', 1_100], ['VP Engineering', 1_100],
    ['Sales Director', 900], ['Head of IT', 600], ['Product Manager', 600], ['Vertriebsleiter', 600],
    ['Executive Assistant to the CEO', 200], ['Product Owner', 200], ['Werkstudent Marketing', 200],
    ['Software Engineer', 300], ['Doctor', 300], ['  ', 0],
    // Deputies and those whom others assist; words that say what somebody deals with.
    ['Assistant Vice President', 1_100], ['Assistant Director, Operations', 900], ['Director of Student Services', 900], ['Assistant Manager', 600],
    ['Assistentin der Geschäftsführung', 200], ['Executive Assistant to the Director', 200], ['Lead Generation Specialist', 300], ['Team Lead', 600],
    ['Secretary', 200], ['Executive Secretary', 200], ['Secretary to the CEO', 200], ['CFO & Company Secretary', 1_400], ['Company Secretary', 300],
    // What only ends as a title does.
    ['Entwickler Halbleiter', 300], ['Flugbegleiterin', 300], ['Busbegleiter', 300], ['Blitzableiter-Monteur', 300], ['Ausleitung', 300], ['Hausleitung', 600],
    ['Persoonlijk begeleider', 300], ['Projectleider', 600], ['Direktor Halbleiter', 900],
    // Women's titles, and words that are written as one.
    ['Consejera delegada', 1_400], ['Amministratrice delegata', 1_400], ['Vicepresidenta', 1_100], ['Einkaufsleiterin', 600], ['Marketingdirektor', 900],
    ['Mitglied der Geschäftsleitung', 1_400], ['Chef de projet', 600], ['Executive Chef', 300],
    ['Diretora Financeira', 900], ['Sócio-Gerente', 1_400], ['Algemeen Directeur', 1_400], ['Afdelingshoofd', 600], ['Współwłaściciel', 1_400], ['Dyrektor Handlowy', 900],
  ])('reads the level of %j as %d', (job_title, expected) => {
    expect(points(nobody({ job_title }), 'seniority')).toBe(expected);
  });

  it.each([
    [{ employees: 250 }, 1_000], [{ annual_revenue: 12_000_000 }, 800], [{ employees: 5, annual_revenue: 60_000_000 }, 1_000],
    [{ employees: 2_000, annual_revenue: 200_000 }, 1_200], [{ employees: 0 }, 0], [{ employees: 11 }, 500], [{ employees: 10 }, 200],
  ])('takes the better of headcount and revenue: %j', (profile, expected) => {
    expect(points(nobody(profile), 'company_size')).toBe(expected);
  });

  it.each([['finance', 1_200], ['retail', 800], ['government', 500], ['space_mining', 300], [null, 0]])('industry %s', (industry, expected) => {
    expect(points(nobody({ industry }), 'industry')).toBe(expected);
  });

  it.each([
    [true, 'business', 800], [true, 'free', -300], [true, 'role', -400], [true, 'disposable', -1_500], [false, null, -600],
  ] as const)('e-mail valid %s of kind %s', (email_valid, email_kind, expected) => {
    expect(points(nobody({ email: 'a@b.example' }, { email_valid, email_kind }), 'email')).toBe(expected);
  });

  it('counts a phone only when one of the numbers is valid', () => {
    expect(points(nobody({ phone: '+1-555-0123' }, { phone_valid: false }), 'phone')).toBe(0);
    expect(points(nobody({ mobile: '+4915112345678' }, { mobile_valid: true }), 'phone')).toBe(400);
  });

  const modelOf = (demographic: Partial<ScoringModel['demographic']>, more: Partial<ScoringModel> = {}): ScoringModel =>
    ({ ...defaultModel, ...more, demographic: { ...defaultModel.demographic, ...demographic } });

  it('reads departments from titles in several languages, apart from levels', () => {
    const model = modelOf({ department: { ...defaultModel.demographic.department!, departments: defaultModel.demographic.department!.departments.map((one, i) => ({ ...one, points: i + 1 })) } });
    const department = (job_title: string) => score(nobody({ job_title }), [], model).contributions.find(({ rule }) => rule === 'department')?.because;
    expect([
      'VP of Sales', 'Vertriebsleiterin', 'Directeur commercial', 'Jefe de ventas', 'Responsabile vendite', 'Leiter IT', 'Responsable informatique', 'Direttore finanziario',
      'Head of Human Resources', 'Einkaufsleiter',
    ].map((title) => department(title)?.replace(/.*: /, ''))).toEqual(['sales', 'sales', 'sales', 'sales', 'sales', 'it', 'it', 'finance', 'hr', 'procurement']);
    expect(department('Doctor')).toBeUndefined();
  });

  it('says nothing of departments that are worth nothing', () => {
    expect(score(nobody({ job_title: 'VP Sales' })).contributions.map(({ rule }) => rule)).toEqual(['seniority']);
  });

  it('adds headcount and revenue up where the model says so', () => {
    const model = modelOf({ company_size: { ...defaultModel.demographic.company_size, combine: 'sum' } });
    expect(points(nobody({ employees: 250, annual_revenue: 12_000_000 }), 'company_size', model)).toBe(1_800);
  });

  it('counts a region before the tier of its country', () => {
    const model = modelOf({ geography: { elsewhere: 1, tiers: [{ name: 'us', countries: ['US'], points: 2 }], regions: [{ name: 'west', country: 'US', states: ['CA', 'California'], points: 5 }] } });
    const at = (state: string | null, country = 'us') => points(nobody({ country, state }), 'geography', model);
    expect([at('california'), at('ca'), at('TX'), at(null), at('CA', 'MX')]).toEqual([500, 500, 200, 200, 100]);
  });

  it('tells a domain without mail, and a mobile number', () => {
    const model = modelOf({ email: { ...defaultModel.demographic.email, no_mx: -10 }, phone: { valid: 4, invalid: 0, mobile: 2 } });
    expect(points(nobody({ email: 'a@b.example' }, { email_valid: true, email_kind: 'business', email_mx: false }), 'email', model)).toBe(-1_000);
    expect(points(nobody({ mobile: '+4915112345678' }, { mobile_valid: true }), 'phone', model)).toBe(600);
  });

  it('takes of a rule with tiers the first that holds, and what conditions name', () => {
    const model = modelOf({
      rules: [{
        name: 'value',
        tiers: [
          { when: { field: 'estimated_value', op: 'gte', value: 100_000 }, points: 6 }, { when: { condition: 'worth_it' }, points: 3 },
          { when: { always: true }, points: -2 },
        ],
      }],
    }, { conditions: [{ name: 'worth_it', when: { field: 'custom_fields.tier', op: 'eq', value: 'gold' } }] });
    const value = (profile: Profile) => points(nobody(profile), 'rule.value', model);
    expect([value({ estimated_value: 200_000 }), value({ estimated_value: 5, custom_fields: { tier: 'Gold' } }), value({})]).toEqual([600, 300, -200]);
  });

  it('takes geography and further conditions from the model', () => {
    const model: ScoringModel = {
      ...defaultModel,
      demographic: {
        ...defaultModel.demographic,
        geography: { tiers: [{ name: 'home', countries: ['DE'], points: 2.5 }], elsewhere: -1 },
        rules: [{ name: 'competitor', when: { field: 'company_domain', op: 'eq', value: 'rival.example' }, points: -20 }],
      },
    };
    expect(points(nobody({ country: 'de' }), 'geography', model)).toBe(250);
    expect(points(nobody({ country: 'US' }), 'geography', model)).toBe(-100);
    expect(score(nobody({}, { company_domain: 'rival.example' }), [], model).contributions[0]).toEqual(
      { part: 'demographic', rule: 'rule.competitor', points: -2_000, because: 'company domain is rival.example' });
  });

  it('rounds half up, and says so', () => {
    const model = { ...defaultModel, demographic: { ...defaultModel.demographic, phone: { valid: 2.5, invalid: 0 } } };
    const { demographic, contributions } = score(nobody({ phone: '1' }, { phone_valid: true }), [], model);
    expect(demographic).toBe(300);
    expect(contributions.find(({ rule }) => rule === 'rounding')?.points).toBe(50);
  });

  it('keeps reasons within what the event takes, whatever the title is', () => {
    const model: ScoringModel = {
      ...defaultModel,
      demographic: {
        ...defaultModel.demographic,
        rules: [{ name: 'long', when: { field: 'job_title', op: 'starts_with', value: '🙂'.repeat(200) }, points: 1 }],
      },
    };
    const [, contribution] = score(nobody({ job_title: '🙂'.repeat(200) }), [], model).contributions;
    expect(contribution.because.length).toBeLessThanOrEqual(500);
    expect(contribution.because).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('engagement', () => {
  it('halves with every half-life', () => {
    const worth = (days: number) => score(nobody(), [signal('demo_request', daysAgo(days))]).contributions[0].points;
    expect([worth(0), worth(90), worth(180)]).toEqual([2_500, 1_250, 625]);
  });

  it('counts a signal of the future as one of now', () => {
    expect(score(nobody(), [signal('demo_request', daysAgo(-30))]).behavioral).toBe(2_500);
  });

  it('caps a group, and says so', () => {
    const { behavioral, contributions } = score(nobody(), Array.from({ length: 40 }, () => signal('web_visit')));
    expect(behavioral).toBe(1_200);
    expect(contributions).toEqual([
      { part: 'behavioral', rule: 'signal.web_visit', points: 4_000, because: '40 × web_visit, the latest within a day' },
      { part: 'behavioral', rule: 'cap.web', points: -2_800, because: 'web counts for at most 12' },
    ]);
  });

  it('caps the part at 50', () => {
    const { behavioral, contributions } = score(nobody(), ['demo_request', 'pricing_view', 'form_submission', 'meeting', 'call'].map((type) => signal(type)));
    expect(behavioral).toBe(5_000);
    expect(sum(contributions)).toBe(5_000);
  });

  it('takes off for losing interest, and stays above 0', () => {
    expect(score(nobody(), [signal('demo_request'), signal('unsubscribe')]).behavioral).toBe(1_000);
    expect(score(nobody(), [signal('unsubscribe')]).behavioral).toBe(0);
  });

  it('gives nothing for a signal that the model does not know', () => {
    expect(score(nobody(), [signal('sneezed')])).toMatchObject({ behavioral: 0, contributions: [] });
  });

  it('does not depend on the order of the signals', () => {
    const signals = [1.3, 7.7, 2.9, 33.1].map((days) => signal('content_download', daysAgo(days)));
    expect(score(nobody(), [...signals].reverse())).toEqual(score(nobody(), signals));
  });
});
