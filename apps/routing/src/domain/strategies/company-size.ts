import { nextInTurn, type Matter, type RoutingStrategy, type Tier } from './strategy';

/** Where nothing else is said. */
const USUAL_TIERS: readonly Tier[] = [
  { name: 'small' },
  { name: 'mid_market', min_employees: 100, min_revenue: 10_000_000 },
  { name: 'enterprise', min_employees: 1_000, min_revenue: 100_000_000 },
];

/** Who is for companies of that size, by their skills, in turn. A company of which neither size nor revenue is known has the first tier. */
export const companySize: RoutingStrategy = {
  name: 'company_size',
  unsuited({ skills }, matter) {
    const { name } = tierOf(matter);
    return skills.includes(name.toLowerCase()) ? null : `not for companies of the size ${name}`;
  },
  pick: (question) => ({ ...nextInTurn(question), because: `next in turn of those for the size ${tierOf(question).name}` }),
};

/** The largest tier that one of the lead's numbers reaches. */
function tierOf({ lead, options }: Matter): Tier {
  const tiers = options.tiers?.length ? options.tiers : USUAL_TIERS;
  return tiers.findLast(({ min_employees, min_revenue }) => reaches(lead.employees, min_employees) || reaches(lead.annual_revenue, min_revenue)) ?? tiers[0];
}

const reaches = (value: unknown, bound: number | null | undefined): boolean => bound != null && typeof value === 'number' && value >= bound;
