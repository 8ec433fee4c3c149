import type { Context } from '../context';
import { defineRequest } from '../request';
import type { SubmissionState } from './intake';

/** Secrets of a connector lie among its settings, sealed, each under its name with this before it. */
export const SECRET_PREFIX = 'secret:';

/** What a secret of a connector is sealed for: it opens for nothing else. */
export const purposeOfSecret = (tenant: string, name: string): string => `connector ${tenant} ${name}`;

/** The settings of an inlet of the kind `connector`, besides its sealed secrets. */
export interface ConnectorSetup {
  /** the name of its kind, such as `typeform` */
  connector: string;
  options: Record<string, unknown>;
}

/**
 * Reads what a connector kept once more, as the connector is set up now: what made no lead because of a mapping or a missing token
 * may make one.
 */
export const ReplaySubmission = defineRequest<
  { context: Context; submission_id: string }, { submission: Extract<SubmissionState, { state: 'done' }> }
>('intake', 'replay_submission');
