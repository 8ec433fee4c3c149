const ANSWER_TIMEOUT_MS = 2_000;

/** Undefined when the service says that all of it is well, else what is missing. */
export async function whatIsMissing(port: number): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health/details`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    const details = await answer.json() as { status?: string; parts?: Record<string, { ok: boolean; error?: string }> };
    if (answer.status === 200 && details.status === 'ok') return undefined;
    const unwell = Object.entries(details.parts ?? {}).filter(([, part]) => !part.ok);
    return unwell.map(([name, { error }]) => (error ? `${name}: ${error}` : name)).join(', ') || `status ${details.status}`;
  } catch {
    return 'it does not answer'; // not listening yet, or not with JSON: what people need is in its log
  }
}
