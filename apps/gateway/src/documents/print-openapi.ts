import 'reflect-metadata';
import { describeService } from '@headwater/platform';
import { openApiDocument } from './openapi';
import { gateway } from '../gateway.module';

/** Prints the OpenAPI document; needs no database and no broker. */
describeService(gateway).then(
  (app) => process.stdout.write(`${JSON.stringify(openApiDocument(app), null, 2)}\n`),
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
