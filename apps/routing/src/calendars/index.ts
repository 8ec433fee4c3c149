import { CalendarsStore } from '../store/calendars.store';
import { CalendarsController } from './calendars.controller';
import { ImportHours } from './import-hours';
import { KeepCalendars } from './keep-calendars';

/** When people work. */
export const CALENDARS = { controllers: [CalendarsController], providers: [CalendarsStore, KeepCalendars, ImportHours] };
