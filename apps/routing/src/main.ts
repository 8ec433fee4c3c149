import 'reflect-metadata';
import { runService } from '@headwater/platform';
import { routing } from './routing.module';

void runService(routing);
