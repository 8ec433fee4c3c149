import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { runService } from '../../libs/platform/src';
import { intake } from '../../apps/intake/src/intake.module';

/** Intake, as a process that says which files it has loaded by the time that it is ready. */
void runService(intake).then(() => writeFileSync(process.env.MODULES_FILE as string, Object.keys(require.cache).join('\n')));
