import Table from 'cli-table3';
import { formatNumber } from '../reports/format.ts';
import type { Measurement } from './bench.ts';
import { type Machine, type Results, standingOf } from './results.ts';

/** The results for a terminal. */
export function resultsTable({ machine, benches }: Results): string {
  const drawn = new Table({
    head: ['bench', 'figure', 'target', 'measured', 'compared', ''],
    style: { head: [], border: [] },
  });
  for (const { name, measurements } of benches)
    for (const one of measurements)
      drawn.push([name, one.figure, one.target, measured(one), compared(one), standingOf(one)]);
  const reasons = benches.flatMap(({ name, measurements }) =>
    measurements.flatMap(({ inconclusive }) => (inconclusive ? [`${name}: ${inconclusive}`] : [])),
  );
  return [machineLine(machine), drawn, ...new Set(reasons)].join('\n');
}

function machineLine({ cpu, cores, memoryGiB, platform, loadBefore, versions }: Machine): string {
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [`${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}`, ...programs, `load ${loadBefore} before`].join(', ');
}

function measured({ measured: value, unit, spread, note }: Measurement): string {
  return lines(`${formatNumber(value)} ${unit}`.trim(), spread, note);
}

function compared({ comparison, unit }: Measurement): string {
  if (comparison === undefined) return '';
  const { to, measured: theirs, ratio, spread } = comparison;
  return lines(`${to}: ${formatNumber(theirs)} ${unit}`.trim(), `${formatNumber(ratio)} × (${spread})`);
}

const lines = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join('\n');
