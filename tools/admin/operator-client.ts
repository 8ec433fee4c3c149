import { ApiClient } from '../launcher/api-client';
import { homeAt } from '../launcher/home';
import { readJsonFile } from '../launcher/json-file';
import { LauncherError } from '../launcher/launcher-error';
import type { RunFacts } from '../launcher/run-file';

/**
 * The API with the operator's rights: of the installation that HEADWATER_URL and HEADWATER_OPERATOR_TOKEN name, else of
 * the instance that runs in the home.
 * @throws LauncherError when there is neither
 */
export function operatorClient(environment: NodeJS.ProcessEnv, home: string): ApiClient {
  const { HEADWATER_URL: url, HEADWATER_OPERATOR_TOKEN: token } = environment;
  if (url && token) return new ApiClient({ url: url.replace(/\/+$/, ''), token });
  if (url || token) {
    const missing = url ? 'HEADWATER_OPERATOR_TOKEN' : 'HEADWATER_URL';
    throw new LauncherError(`${missing} is missing: set both, or neither to use the instance that runs here`);
  }
  const { run } = homeAt(home);
  const running = readJsonFile<RunFacts>(run);
  if (!running) {
    throw new LauncherError(
      `Headwater isn't running here (no ${run}): run npm start, or set HEADWATER_URL and HEADWATER_OPERATOR_TOKEN`);
  }
  return new ApiClient({ url: running.url, token: running.operator_token });
}
