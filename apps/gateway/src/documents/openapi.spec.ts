import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeService } from '@headwater/platform';
import { gateway } from '../gateway.module';
import { openApiDocument } from './openapi';

const COMMITTED = 'docs/api/openapi.json';
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as OpenAPIObject;

let document: OpenAPIObject;
beforeAll(async () => { document = asJson(openApiDocument(await describeService(gateway))); });

const operations = () => Object.values(document.paths).flatMap((item) => Object.values(item as Record<string, NonNullable<typeof item.get>>));

describe('the OpenAPI document', () => {
  it('is valid by a validator that is not ours', async () => {
    await expect(SwaggerParser.validate(structuredClone(document) as never)).resolves.toMatchObject({ openapi: '3.1.0' });
  });

  it(`is the one in ${COMMITTED}`, () => {
    const committed = asJson(JSON.parse(readFileSync(join(__dirname, '../../../..', COMMITTED), 'utf8')));
    const isCurrent = JSON.stringify(committed) === JSON.stringify(document);
    if (!isCurrent) throw new Error(`${COMMITTED} is stale: run \`npm run contracts\`, look at what changed, and commit it`);
  });

  it('comes out the same a second time', async () => {
    expect(asJson(openApiDocument(await describeService(gateway)))).toEqual(document);
  });

  it('names every operation for a client, under a resource that is described', () => {
    const tags = new Set(document.tags?.map(({ name }) => name));
    for (const { operationId, tags: own = [], summary } of operations()) {
      expect([operationId, own.map((tag) => tags.has(tag)), summary]).toEqual([expect.stringMatching(/^[a-z][A-Za-z]+$/), [true], expect.any(String)]);
    }
    expect(Object.keys(document.paths).filter((path) => !path.startsWith('/api/v1/') && !path.startsWith('/f/'))).toEqual([]);
  });

  it('shows for every operation a success, and a refusal of every status that depends on it', () => {
    const ofAnyWithTheHeader = ['409', '412']; // `Idempotency-Key`, `If-Match`
    for (const { operationId, responses } of operations()) {
      const shown = Object.entries(responses).filter(([, response]) => !('$ref' in response!))
        .filter(([status, response]) => !ofAnyWithTheHeader.includes(status) && Object.values((response as { content: Record<string, { examples?: object }> }).content)
          .every(({ examples = {} }) => Object.keys(examples).length === 0));
      expect([operationId, shown.map(([status]) => status)]).toEqual([operationId, []]);
    }
  });
});
