import { ChecksStore } from '../store/checks.store';
import { CheckScores1764150000202 } from '../store/migrations/check-scores';
import { SweepScores } from './sweep-scores';

/** Scores that time alone moves. */
export const DECAY = { providers: [SweepScores, ChecksStore], migrations: [CheckScores1764150000202] };
