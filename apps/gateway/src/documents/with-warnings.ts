import type { Warning } from '@headwater/contracts';

/** An answer with its warnings, where there are any. */
export const withWarnings = <Answer extends object>(answer: Answer, warnings: Warning[] | undefined): Answer & { warnings?: Warning[] } =>
  (warnings?.length ? { ...answer, warnings } : answer);
