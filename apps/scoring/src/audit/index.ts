import { KeepOutcomes1764150000301 } from '../store/migrations/keep-outcomes';
import { OutcomesStore } from '../store/outcomes.store';
import { KeepOutcomes } from './keep-outcomes';

/** What became of leads, and how well their scores foretold it. */
export const AUDIT = { controllers: [], providers: [KeepOutcomes, OutcomesStore], migrations: [KeepOutcomes1764150000301] };
