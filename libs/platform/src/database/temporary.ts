/** PostgreSQL's classes and codes for "not now": connection, serialisation, deadlock, lock, resources, shutdown. */
const TEMPORARY = /^(08...|40001|40P01|53...|55P03|57P0[1-3]|57014|25P0[13])$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);
const SAID = /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|not connected|Query runner already released/i;

/** Whether an error says nothing about the work itself, so that trying again later is right. */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, driverError, cause } = error as Error & { code?: string; driverError?: unknown; cause?: unknown };
  if (code && (TEMPORARY.test(code) || NETWORK.has(code))) return true;
  return SAID.test(error.message) || isOutdatedPlan(error) || isTemporary(driverError) || isTemporary(cause);
}

/** PostgreSQL's codes for what somebody else was in the way of, and that was certainly rolled back: each of several may find out by itself. */
const IN_THE_WAY = new Set(['40001', '40P01', '55P03', '57014']);

/** Whether work failed because of others at the same rows, not because the database is out. */
export const isInTheWay = (error: unknown): boolean => IN_THE_WAY.has(sqlState(error) ?? '');

/** Unique violation, deadlock, serialisation. */
const BEATEN = new Set(['23505', '40P01', '40001']);

/** Whether somebody was quicker, so that looking again finds what they wrote. */
export const isBeaten = (error: unknown): boolean => BEATEN.has(sqlState(error) ?? '');

/** PostgreSQL's code of a failed statement, such as `23505` for a unique violation. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { driverError?: { code?: string } } | undefined)?.driverError?.code;
  return code ?? (error as { code?: string } | undefined)?.code;
}

/** Of PostgreSQL, where it says so: the message comes in the server's language. */
const REVALIDATES_PLANS = 'RevalidateCachedQuery';
const FEATURE_NOT_SUPPORTED = '0A000';

/** Whether a migration changed what a statement returns whose plan a connection has kept: that connection goes on refusing it, a new one doesn't. */
export const isOutdatedPlan = (error: unknown): boolean =>
  sqlState(error) === FEATURE_NOT_SUPPORTED && (error as { routine?: string }).routine === REVALIDATES_PLANS;
