import 'reflect-metadata';
import { runService } from '@headwater/platform';
import { gateway } from './gateway.module';

void runService(gateway);
