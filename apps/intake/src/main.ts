import 'reflect-metadata';
import { runService } from '@headwater/platform';
import { intake } from './intake.module';

void runService(intake);
