import { findKubectl } from '../deploy/kubectl';

/** What it takes to fetch is not to count against a test's time. */
export default async function globalSetup(): Promise<void> {
  process.env.HEADWATER_KUBECTL = await findKubectl() ?? '';
}
