import { tableLines, widthLeft, type Column, type Piece, type Row } from '../table';
import type { Emphasis, Terminal } from '../terminal';
import type { Journey } from './journeys';

/** From here on there is room for a table. */
const WIDE = 100;
const TEMPERATURES: Readonly<Record<string, Emphasis>> = { hot: 'red', warm: 'yellow', cold: 'blue', suspect: 'dim' };

interface JourneyColumn extends Column {
  show(journey: Journey): Piece;
}

const LEAD: JourneyColumn = { title: 'LEAD', width: 22, show: ({ name }) => ({ text: name, emphasis: 'bold' }) };
const CAPTURED: JourneyColumn = { title: 'CAPTURED', width: 20, show: (journey) => ({ text: captured(journey) }) };
const SCORE: JourneyColumn = {
  title: 'SCORE', width: 13,
  show: ({ score }) => ({ text: scored(score), emphasis: score ? TEMPERATURES[score.temperature] : 'dim' }),
};
const OWNER: Omit<JourneyColumn, 'width'> = { title: 'OWNER AND WHY', show: ({ owner }) => ({ text: owner ?? 'nobody yet' }) };
const STATUS: JourneyColumn = { title: 'STATUS', width: 12, show: ({ status }) => ({ text: status ?? '–' }) };
const ROUTED: JourneyColumn = {
  title: 'ROUTED', width: 8, align: 'right', show: ({ routedMs }) => ({ text: routedMs ? milliseconds(routedMs) : '–' }),
};

/** What happened to each lead, as a table; on a narrow terminal, one short paragraph for each. */
export function journeyLines(journeys: Journey[], terminal: Terminal): string[] {
  if (terminal.width < WIDE) return journeys.flatMap((journey) => paragraph(journey, terminal));
  const wereSent = journeys.some((journey) => journey.captured);
  const [before, after] = wereSent ? [[LEAD, CAPTURED, SCORE], [STATUS, ROUTED]] : [[LEAD, SCORE], [STATUS]];
  const columns = [...before, { ...OWNER, width: widthLeft(terminal.width, [...before, ...after]) }, ...after];
  return tableLines(columns, journeys.map((journey) => row(journey, columns)), terminal);
}

function row(journey: Journey, columns: JourneyColumn[]): Row {
  return {
    cells: columns.map((column) => column.show(journey)),
    below: [{ text: journey.company, emphasis: 'dim' }, { text: journey.because ?? '', emphasis: 'dim' }],
  };
}

function paragraph(journey: Journey, terminal: Terminal): string[] {
  const { name, company, score, owner, because, status, routedMs } = journey;
  const steps = [
    captured(journey), scored(score), owner ?? 'nobody yet', status, routedMs && `routed in ${milliseconds(routedMs)}`,
  ];
  return [
    `  ${terminal.emphasize('bold', name)}${company && `, ${company}`}`,
    `    ${steps.filter(Boolean).join(' → ')}`,
    ...(because ? [`    ${terminal.emphasize('dim', because)}`] : []),
  ];
}

function captured({ captured }: Journey): string {
  return captured ? `${captured.verdict}, ${milliseconds(captured.ms)}` : '';
}

function scored(score: Journey['score']): string {
  return score ? `${score.total_score} ${score.grade} ${score.temperature}` : 'not yet';
}

function milliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}
