import { allEvents, type Envelope } from '@headwater/contracts';
import { exampleEnvelope } from '../contracts/example-envelope';
import { eventLine } from './event-line';

const examples = new Map(allEvents().map((definition) => [`${definition.type}.v${definition.version}`, exampleEnvelope(definition)]));
const lineOf = (event: string, more: Partial<Envelope> = {}) =>
  eventLine(`crm.demo.live.${event}`, { ...examples.get(event)!, ...more }, false).replace(/ +/g, ' ');

test.each([
  ['lead.scored.v1', '09:30:00.250 demo live lead.scored v1 lead 1234 r1 54 points, C, warm'],
  ['lead.qualified.v1', '14:30:00.000 demo live lead.qualified v1 lead 1234 r3 contacted → qualified by qualify'],
  ['lead.converted.v1', '15:00:00.000 demo live lead.converted v1 lead 1234 account 345, contact 456, customer 567, opportunity 890'],
  ['opportunity.created.v1', '15:00:00.000 demo live opportunity.created v1 lead 1234 opportunity 890 r1 75000 USD, proposal'],
  ['notification.requested.v1', '15:00:00.000 demo live notification.requested v1 lead 1234 lead_converted'],
  ['notification.requested.v2', '09:30:00.000 demo live notification.requested v2 form_confirmation'],
  ['tenant.changed.v1', '09:00:00.000 demo live tenant.changed v1 r1'],
])('%s is "%s"', (type, line) => {
  expect(lineOf(type)).toBe(line);
});

test.each([...examples.keys()])('%s tells nothing of a person', (type) => {
  expect(lineOf(type)).not.toMatch(/sarah|johnson|techcorp|priya|nair|@|555|budget \$/i);
});

test('what was said again, and what is not known, have their lines, too', () => {
  expect(lineOf('lead.scored.v1', { republished: true })).toMatch(/warm \(said again\)$/);
  expect(lineOf('lead.scored.v1', { data: {} })).toBe('09:30:00.250 demo live lead.scored v1 lead 1234 r1');
  expect(eventLine('crm.demo.bulk.lead.lost.v9', { ...examples.get('lead.scored.v1')!, type: 'lead.lost' }, false))
    .toMatch(/bulk +lead\.lost +v9 +lead 1234 r1$/);
});

test('colours are only where they are wanted', () => {
  const scored = examples.get('lead.scored.v1')!;
  expect(eventLine('crm.demo.live.lead.scored.v1', scored, false)).not.toContain('\u001b');
});
