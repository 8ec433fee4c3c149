import { ReservationsStore } from '../store/reservations.store';
import { ConvertingController } from './converting.controller';
import { ReserveToConvert } from './reserve-to-convert';

/** Leads that are converted. */
export const CONVERTING = { controllers: [ConvertingController], providers: [ReserveToConvert, ReservationsStore] };
