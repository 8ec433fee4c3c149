import { FindReservations1764300000600 } from '../store/migrations/find-reservations';
import { ReservationsStore } from '../store/reservations.store';
import { ConvertingController } from './converting.controller';
import { ReserveToConvert } from './reserve-to-convert';
import { SweepReservations } from './sweep-reservations';

/** Leads that are converted, and those whose converters are gone. */
export const CONVERTING = {
  controllers: [ConvertingController], providers: [ReserveToConvert, ReservationsStore, SweepReservations], migrations: [FindReservations1764300000600],
};
