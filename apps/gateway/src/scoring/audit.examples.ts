import { DomainError, type ScoringAudit } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';

const NOTHING_YET: ScoringAudit = {
  audited_at: '2026-03-02T14:20:00.000Z', time_zone: 'America/New_York', from: '2025-10-01', unscored: 0, quarters: [],
  trend: { direction: 'unknown', points_per_quarter: null }, models: [],
};

export const getScoringAudit = {
  nothing_yet: { summary: 'Nothing was decided yet', parameters: { quarters: 2 }, answer: { message: 'Scoring audited', data: NOTHING_YET } },
  no_such_day: { summary: 'Nothing was stored on that day', parameters: { day: '2020-01-01' }, ...refused(DomainError.notFound('Scoring audit')) },
} satisfies Examples;
