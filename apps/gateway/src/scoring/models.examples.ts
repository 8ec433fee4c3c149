import { DomainError, type Rescore, type ScoreDistribution, type ScoringModelVersion } from '@headwater/contracts';
import { MODEL } from '../administration/setup.examples';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';

const SEGMENT = { name: 'enterprise', when: { field: 'employees', op: 'gte', value: 1_000 }, priority: 1 };
const DOCUMENT = { ...MODEL, name: 'Enterprise', segment: SEGMENT };

const DRAFT: ScoringModelVersion = {
  id: EXAMPLE_IDS['Scoring model'], version: 2, name: 'Enterprise', state: 'draft', active: false, segment: 'enterprise', created_at: '2026-03-01T09:00:00.000Z',
  created_by: 'CRM sync', updated_at: '2026-03-01T09:00:00.000Z', activated_at: null, activated_by: null, document: DOCUMENT,
};
const ACTIVE: ScoringModelVersion = { ...DRAFT, state: 'active', active: true, activated_at: '2026-03-01T10:00:00.000Z', activated_by: 'CRM sync' };
const BEGUN: Rescore = {
  id: EXAMPLE_IDS.Rescore, cause: 'activate', model_id: DRAFT.id, state: 'running', total: null, done: 0, changed: 0, leads_per_s: null, by: 'CRM sync',
  created_at: '2026-03-01T10:00:00.000Z', started_at: null, finished_at: null,
};
const DONE: Rescore = {
  ...BEGUN, state: 'done', total: 1, done: 1, changed: 0, leads_per_s: 120, started_at: '2026-03-01T10:00:00.100Z', finished_at: '2026-03-01T10:00:00.200Z',
};
const summaryOf = ({ document: _, ...summary }: ScoringModelVersion) => summary;

const NOT_DRAFT = refused(DomainError.conflict(
  'model_not_draft', `Scoring model ${DRAFT.id} is active: only drafts change, others are written as a new draft`));
const noModel = (bands?: object) => ({ body: { ...DOCUMENT, bands }, ...refused(DomainError.invalidField('bands', 'required', 'bands is required')) });

export const createScoringModel = {
  segment: { summary: 'A model for large companies', body: DOCUMENT, answer: { message: 'Scoring model drafted', data: DRAFT } },
  unknown_group: {
    summary: 'A signal in a group that there is none of',
    body: { ...DOCUMENT, behavioral: { groups: [], signals: MODEL.behavioral.signals } },
    ...refused(DomainError.invalidField('behavioral.signals.0.group', 'unknown_group', 'behavioral.signals.0.group names no group: "intent"')),
  },
} satisfies Examples;

const DEFAULT = {
  ...summaryOf(DRAFT), id: 40, version: 1, name: 'Default', state: 'active', active: true, segment: null, created_by: 'system', activated_at: '2026-02-01T08:00:00.000Z',
  activated_by: 'system',
};

export const listScoringModels = {
  one_draft: { summary: 'A draft, and what scores meanwhile', answer: { message: 'Scoring models listed', data: [summaryOf(DRAFT), DEFAULT], meta: { next_cursor: null } } },
} satisfies Examples;

export const getScoringModelVersion = {
  draft: { summary: 'A draft', answer: { message: 'Scoring model found', data: DRAFT } },
} satisfies Examples;

export const reviseScoringModel = {
  more_points: {
    summary: 'Another name', body: { ...DOCUMENT, name: 'Large companies' },
    answer: { message: 'Scoring model revised', data: { ...DRAFT, name: 'Large companies', document: { ...DOCUMENT, name: 'Large companies' } } },
  },
  no_model: { summary: 'A model without bands', ...noModel() },
  active: { summary: 'It is active', body: DOCUMENT, ...NOT_DRAFT },
} satisfies Examples;

export const deleteScoringModel = {
  draft: { summary: 'A draft', answer: { message: 'Scoring model deleted', data: DRAFT } },
  active: { summary: 'It is active', ...NOT_DRAFT },
} satisfies Examples;

export const activateScoringModel = {
  draft: { summary: 'A draft', answer: { message: 'Scoring model activated', data: { model: ACTIVE, rescore: BEGUN } } },
  active: { summary: 'It is active already', answer: { message: 'Scoring model activated', data: { model: ACTIVE, rescore: null } } },
} satisfies Examples;

export const rollBackScoringModel = {
  segment: {
    summary: 'A segment that had no model before', parameters: { segment: 'enterprise' },
    answer: {
      message: 'Scoring model rolled back', data: { model: { ...ACTIVE, state: 'retired', active: false }, rescore: { ...BEGUN, id: 52, cause: 'rollback' } },
    },
  },
  nothing_before: {
    summary: 'There was no other', ...refused(DomainError.conflict('nothing_to_roll_back', 'No other scoring model was active before this one')),
  },
} satisfies Examples;

export const listRescores = {
  done: { summary: 'One that is over', answer: { message: 'Rescores listed', data: [DONE], meta: { next_cursor: null } } },
} satisfies Examples;

export const getRescore = {
  done: { summary: 'It is over', answer: { message: 'Rescore found', data: DONE } },
} satisfies Examples;

const LIE: ScoreDistribution = {
  mean: 44, grades: { A: 0, B: 0, C: 1, D: 0, F: 0 }, temperatures: { suspect: 1, cold: 0, warm: 0, hot: 0 }, mql: 0, histogram: [0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
};
const NOBODY = { rise: 0, fall: 0, leads: [] };

export const simulateScoringModel = {
  nobody_concerned: {
    summary: 'The only lead is of no large company', body: { days: 90 },
    answer: {
      message: 'Scoring model simulated',
      data: {
        model_id: DRAFT.id, days: 90, leads: 1, changed: 0, before: LIE, after: LIE, hot: NOBODY, mql: NOBODY, ranking: null, samples: [], of: 1, sampled_every: 1,
        complete: true,
      },
    },
  },
  active: { summary: 'It is active', body: {}, ...refused(DomainError.conflict('model_active', 'The model scores already: there is nothing to compare it with')) },
} satisfies Examples;
