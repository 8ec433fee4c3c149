import { join } from 'node:path';
import { readJsonFile } from '../json-file';

/** A lead as it is posted, under a key of its own: the same sample sent again is the same submission. */
export interface SampleLead {
  idempotency_key: string;
  lead: { first_name: string; last_name: string; company_name: string } & Record<string, unknown>;
}

export interface Rep {
  user_id: string;
  name: string;
  email: string;
}

/** What the demo is made of: data, so that it can be changed without a build. A file that isn't there is left out. */
export interface DemoDocuments {
  routingSetup: ({ reps: Rep[] } & Record<string, unknown>) | undefined;
  scoringModel: Record<string, unknown> | undefined;
  sampleLeads: SampleLead[];
}

export function readDemoDocuments(directory: string): DemoDocuments {
  return {
    routingSetup: readJsonFile(join(directory, 'routing-setup.json')),
    scoringModel: readJsonFile(join(directory, 'scoring-model.json')),
    sampleLeads: readJsonFile(join(directory, 'sample-leads.json')) ?? [],
  };
}
