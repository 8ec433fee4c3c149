import 'reflect-metadata';
import { runService } from '@headwater/platform';
import { qualification } from './qualification.module';

void runService(qualification);
