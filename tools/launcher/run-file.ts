import { rmSync } from 'node:fs';
import { writeJsonFile } from './json-file';

/** How to reach the running instance, for tools and tests. What there is no demo for, or runs elsewhere, is null. */
export interface RunFacts {
  url: string;
  api_key: string | null;
  rep_token: string | null;
  form_key: string | null;
  tenant: string | null;
  other_tenant_api_key: string | null;
  operator_token: string;
  ports: Record<string, number | null>;
  pids: Record<string, number>;
  database_url: string;
  nats_url: string;
  started_at: string;
}

export const NO_DEMO = { api_key: null, rep_token: null, form_key: null, tenant: null, other_tenant_api_key: null };

/** `run.json`: there from when the instance is ready until it begins to stop, its pids always the present ones. */
export class RunFile {
  private facts: RunFacts | undefined;

  constructor(private readonly path: string) {
    rmSync(path, { force: true }); // a killed launcher left its own
  }

  publish(facts: RunFacts): void {
    this.facts = facts;
    writeJsonFile(this.path, facts);
  }

  updatePids(pids: Record<string, number>): void {
    if (this.facts) this.publish({ ...this.facts, pids });
  }

  withdraw(): void {
    this.facts = undefined;
    rmSync(this.path, { force: true });
  }
}
