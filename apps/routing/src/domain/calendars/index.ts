export { checkCalendar } from './check-calendar';
export { officeHours, WEEKDAYS, type CalendarException, type Holidays, type LocalInterval, type Weekday, type WorkingCalendar } from './working-calendar';
export { addWorkingTime, isOpen, nextOpening, workingTimeBetween } from './working-time';
