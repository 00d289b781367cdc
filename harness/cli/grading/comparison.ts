import type { Scorecard } from '../../domain/scorecard.ts';
import { formatDuration, formatNumber } from '../../reports/format.ts';
import { oneLine } from '../../reports/plain-text.ts';
import { textTable } from '../terminal/table.ts';
import type { GradedFolder } from './graded-folder.ts';

/** Below this nothing can be read, characters. */
const narrowest = 18;

/** What is laid side by side of the machine's part. */
const rows: readonly (readonly [string, (scorecard: Scorecard) => string])[] = [
  ['Exercise', ({ scenario, variant }) => `${scenario} / ${variant}`],
  ['Repair', ({ grade, reasons }) => [grade, ...reasons.slice(0, 1)].join(': ')],
  [
    'Failed checks',
    ({ arms }) =>
      list(
        arms
          .find(({ arm }) => arm === 'candidate')
          ?.results.flatMap(({ check, outcome }) => (outcome === 'fail' ? [check] : [])) ?? [],
      ),
  ],
  [
    'Change',
    ({ changes }) =>
      changes.length === 0
        ? 'none'
        : `${changes.length} files, +${sum(changes.map(({ added }) => added))} -${sum(changes.map(({ removed }) => removed))}`,
  ],
  ['To look at', ({ concerns }) => list(concerns)],
  ['Diagnosis', ({ diagnosis }) => (diagnosis ? `${diagnosis.points} of ${diagnosis.of} points` : 'none was sent')],
  ['Claims', ({ diagnosis }) => claims(diagnosis)],
  ['In writing', ({ answers }) => list(answers.map(({ exercise, inShort }) => `${exercise}: ${inShort}`))],
  ['Hints', ({ journey }) => String(journey.hints)],
  ['Deploys', ({ journey }) => String(journey.deploys)],
  ['Time to detect', ({ journey }) => time(journey.detectMs)],
  ['Time to mitigate', ({ journey }) => time(journey.mitigateMs)],
  ['Time to resolve', ({ journey }) => time(journey.resolveMs)],
  [
    'Harm while repairing',
    ({ journey: { rollOut } }) =>
      rollOut
        ? `${rollOut.failed} of ${rollOut.requests} requests failed, p95 up to ${formatNumber(rollOut.worstP95Ms)} ms`
        : '-',
  ],
];

/** Candidates in columns; what the machine found first, then the dimensions that people scored, with their evidence. */
export function comparison(graded: readonly GradedFolder[], width: number): string {
  const column = Math.max(narrowest, Math.floor((width - 24) / graded.length) - 2);
  const dimensions = [...new Set(graded.flatMap(({ scorecard }) => scorecard.human.map(({ name }) => name)))];
  const scores = ({ cards, scorecard }: GradedFolder, dimension: string) => {
    if (!scorecard.human.some(({ name }) => name === dimension)) return '';
    const entries = cards.flatMap(({ reviewer, entries, missing }) =>
      // A card that is not finished is nobody's business yet.
      missing.length > 0
        ? []
        : entries
            .filter((entry) => entry.dimension === dimension)
            .map((entry) => `${reviewer} ${entry.score}: ${oneLine(entry.evidence, 80)}`),
    );
    return entries.length > 0 ? entries.join('; ') : 'not scored yet';
  };
  return textTable(
    [{ title: '' }, ...graded.map(({ scorecard: { candidate } }) => ({ title: candidate, max: column }))],
    [
      ...rows.map(([title, tell]) => [title, ...graded.map(({ scorecard }) => oneLine(tell(scorecard), 400))]),
      ...dimensions.map((dimension) => [`${dimension}, scored`, ...graded.map((one) => scores(one, dimension))]),
    ],
  );
}

const list = (words: readonly string[]) => (words.length === 0 ? 'none' : words.join('; '));
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const time = (ms: number | undefined) => (ms === undefined ? 'not in the journal' : formatDuration(ms));

function claims(diagnosis: Scorecard['diagnosis']): string {
  if (diagnosis === undefined) return '-';
  const count = (wanted: string) => diagnosis.claims.filter(({ verdict }) => verdict === wanted).length;
  return `${count('confirmed')} confirmed, ${count('contradicted')} contradicted, ${diagnosis.uncited.length} without evidence`;
}
