import { tableLines, widthLeft, type Column, type Row } from '../table';
import type { Emphasis, Terminal } from '../terminal';
import type { Journey } from './journeys';

const NARROW = 100;
const LEAD: Column = { title: 'LEAD', width: 24 };
const CAPTURED: Column = { title: 'CAPTURED', width: 15 };
const SCORE: Column = { title: 'SCORE', width: 12 };
const STATUS: Column = { title: 'STATUS', width: 12 };
const ROUTED: Column = { title: 'ROUTED', width: 8, align: 'right' };

const TEMPERATURES: Readonly<Record<string, Emphasis>> = { hot: 'red', warm: 'yellow', cold: 'blue', suspect: 'dim' };

/** What happened to each lead, as a table; on a narrow terminal, one short paragraph for each. */
export function journeyLines(journeys: Journey[], terminal: Terminal): string[] {
  if (terminal.width < NARROW) return journeys.flatMap((journey) => paragraph(journey, terminal));
  const shown = journeys.some(({ captured }) => captured)
    ? { before: [LEAD, CAPTURED, SCORE], after: [STATUS, ROUTED] }
    : { before: [LEAD, SCORE], after: [STATUS] };
  const owner: Column = { title: 'OWNER AND WHY', width: widthLeft(terminal.width, [...shown.before, ...shown.after]) };
  const columns = [...shown.before, owner, ...shown.after];
  return tableLines(columns, journeys.map((journey) => row(journey, columns)), terminal);
}

function row(journey: Journey, columns: Column[]): Row {
  const { name, company, captured, score, owner, because, status, routedMs } = journey;
  const cells: Record<string, Row[number]> = {
    LEAD: [{ text: name, emphasis: 'bold' }, { text: company, emphasis: 'dim' }],
    CAPTURED: [{ text: captured ? `${captured.verdict} ${milliseconds(captured.ms)}` : '' }],
    SCORE: [{ text: scored(score), emphasis: score ? TEMPERATURES[score.temperature] : 'dim' }],
    'OWNER AND WHY': [{ text: owner ?? 'nobody yet' }, { text: because ?? '', emphasis: 'dim' }],
    STATUS: [{ text: status ?? '–' }],
    ROUTED: [{ text: routedMs ? milliseconds(routedMs) : '–' }],
  };
  return columns.map(({ title }) => cells[title]!);
}

function paragraph({ name, company, captured, score, owner, because, status, routedMs }: Journey, terminal: Terminal): string[] {
  const steps = [
    captured && `${captured.verdict} ${milliseconds(captured.ms)}`, scored(score), owner ?? 'nobody yet', status,
    routedMs && `routed in ${milliseconds(routedMs)}`,
  ].filter(Boolean);
  return [
    `  ${terminal.emphasize('bold', name)}${company && `, ${company}`}`,
    `    ${steps.join(' → ')}`,
    ...(because ? [`    ${terminal.emphasize('dim', because)}`] : []),
  ];
}

function scored(score: Journey['score']): string {
  return score ? `${score.total_score} ${score.grade} ${score.temperature}` : 'not yet';
}

function milliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}
