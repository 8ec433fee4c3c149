import { styleText } from 'node:util';
import type { Envelope } from '@headwater/contracts';
import { factsOf } from './facts';

const WIDTH = { type: 22, tenant: 10, about: 22 };

/** One line for people, without personal data: when, whose, what, about what, and what it says in short. */
export function eventLine(subject: string, envelope: Envelope, coloured: boolean): string {
  const [, tenant = '?', lane = '?', , , version = '?'] = subject.split('.');
  const paint = (style: Parameters<typeof styleText>[0], text: string): string => (coloured ? styleText(style, text) : text);
  const revision = envelope.revision === undefined ? '' : ` r${envelope.revision}`;
  return [
    paint('dim', String(envelope.time).slice(11, 23)),
    tenant.padEnd(WIDTH.tenant), lane,
    paint('cyan', envelope.type.padEnd(WIDTH.type)), version,
    `${about(envelope)}${revision}`.padEnd(WIDTH.about),
    factsOf(envelope) + (envelope.republished ? paint('dim', ' (said again)') : ''),
  ].join('  ').trimEnd();
}

/** The lead, and the subject where that is a number of another record; others are ids that nobody reads. */
function about({ type, subject, leadid }: Envelope): string {
  const [aggregate] = type.split('.');
  const record = aggregate !== 'lead' && /^\d+$/.test(subject) && subject !== String(leadid) ? [`${aggregate} ${subject}`] : [];
  return [...(leadid === undefined ? [] : [`lead ${leadid}`]), ...record].join(' ');
}
