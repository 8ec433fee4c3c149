import 'reflect-metadata';
import { runService } from '@headwater/platform';
import { conversion } from './conversion.module';

void runService(conversion);
