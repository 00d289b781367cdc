import { formatNumber } from '../reports/format.ts';
import { document, inline, table } from '../reports/markdown.ts';
import type { Measurement } from './bench.ts';
import { type BenchResult, type Machine, type Results, standingOf } from './results.ts';

/** The results of a run of benches as Markdown. The same results always give the same page. */
export function renderResults({ at, machine, benches }: Results): string {
  return document(
    '# What the harness promises about itself, measured',
    'Written by `npm run bench -- --write`. Arms take turns in rounds; a figure is the median of its rounds, a ratio the median of the ratios within rounds. Inconclusive is what tells more about the machine than about the harness.',
    machineTable(at, machine),
    summary(benches),
    ...benches.flatMap(section),
  );
}

function machineTable(at: string, { cpu, cores, memoryGiB, platform, loadBefore, commit, versions }: Machine): string {
  return table(
    ['Machine', inline(cpu)],
    [
      ['Cores', String(cores)],
      ['Memory', `${memoryGiB} GiB`],
      ['Platform', inline(platform)],
      ...Object.entries(versions).map(([name, version]) => [inline(name), inline(version)]),
      ['Load before', formatNumber(loadBefore)],
      ['Measured', `${at.slice(0, 16).replace('T', ' ')} UTC`],
      ['Commit', inline(commit ?? 'unknown')],
    ],
  );
}

function summary(benches: readonly BenchResult[]): string {
  const standings = benches.flatMap(({ measurements }) => measurements.map(standingOf));
  const counted = (['met', 'missed', 'inconclusive'] as const).map(
    (standing) => `${standings.filter((one) => one === standing).length} ${standing}`,
  );
  return `Of ${standings.length} targets: ${counted.join(', ')}.`;
}

function section({ name, about, measurements, problem }: BenchResult): readonly string[] {
  const title = [`## ${name}`, `${inline(about)}: \`npm run bench -- ${name}\``];
  if (problem !== undefined) return [...title, `Could not be measured: ${inline(problem)}`];
  return [
    ...title,
    table(['Figure', 'Target', 'Measured', 'Spread', 'Compared', 'Ratio', 'Verdict'], measurements.map(row)),
    remarks(measurements),
  ];
}

function row(measurement: Measurement): readonly string[] {
  const { figure, target, measured, unit, spread, comparison } = measurement;
  return [
    inline(figure),
    inline(target),
    quantity(measured, unit),
    inline(spread ?? ''),
    comparison ? `${inline(comparison.to)}: ${quantity(comparison.measured, unit)}` : '',
    comparison ? inline(`${formatNumber(comparison.ratio)} × (${comparison.spread})`) : '',
    standingOf(measurement),
  ];
}

function remarks(measurements: readonly Measurement[]): string {
  const lines = measurements.flatMap(({ figure, note, inconclusive }) =>
    [note, inconclusive && `inconclusive: ${inconclusive}`].flatMap((text) => (text ? [`- ${figure}: ${text}`] : [])),
  );
  return [...new Set(lines)].map((line) => `- ${inline(line.slice(2))}`).join('\n');
}

const quantity = (value: number, unit: string) => inline(`${formatNumber(value)} ${unit}`.trim());
