import 'reflect-metadata';
import { runService } from '@headwater/platform';
import { ledger } from './ledger-service';

void runService(ledger);
