import 'reflect-metadata';
import { runService } from '@headwater/platform';
import { scoring } from './scoring.module';

void runService(scoring);
