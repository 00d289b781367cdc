import { cpus, loadavg, totalmem } from 'node:os';
import Table from 'cli-table3';
import { Command } from 'commander';
import { ExitCode, messageOf } from '../domain/errors.ts';
import type { Bench, Measurement } from './bench.ts';
import { operation } from './operation.ts';
import { proxy } from './proxy.ts';
import { reset } from './reset.ts';
import { stall } from './stall.ts';
import { start } from './start.ts';
import { throughput } from './throughput.ts';
import { tracing } from './tracing.ts';

const benches: readonly Bench[] = [stall, throughput, proxy, start, operation, reset, tracing];

interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly platform: string;
  /** Runnable processes averaged over the last minute, before the benches: above the number of cores the figures are not to be trusted. */
  readonly loadBefore: number;
}

type Row = Measurement & { readonly bench: string };

function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    loadBefore: Number(loadavg()[0]!.toFixed(2)),
  };
}

function table(machine: Machine, rows: readonly Row[]): string {
  const drawn = new Table({ head: ['bench', 'figure', 'target', 'measured', ''], style: { head: [], border: [] } });
  for (const row of rows) {
    const { bench, figure, target, measured, unit, note } = row;
    const value = `${Number(measured.toFixed(1))} ${unit}`;
    drawn.push([bench, figure, target, note ? `${value}\n${note}` : value, verdict(row)]);
  }
  const { cpu, cores, memoryGiB, node, platform, loadBefore } = machine;
  const reasons = rows.flatMap(({ bench, inconclusive }) => (inconclusive ? [`${bench}: ${inconclusive}`] : []));
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node} on ${platform}, load ${loadBefore} before`,
    drawn,
    ...new Set(reasons),
  ].join('\n');
}

function verdict({ ok, inconclusive }: Measurement): string {
  if (inconclusive) return 'inconclusive';
  return ok ? 'pass' : 'miss';
}

const program = new Command('bench')
  .description(
    `Measures what the harness promises about itself: ${benches.map(({ name, about }) => `${name} (${about})`).join(', ')}.`,
  )
  .argument('[name...]', 'which benches; all without a name')
  .option('--json', 'machine-readable result on stdout')
  .parse();
const names: readonly string[] = program.args;
const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
if (unknown)
  program.error(`No bench is named ${unknown}. There are: ${benches.map(({ name }) => name).join(', ')}.`, {
    exitCode: ExitCode.usage,
  });

const machine = thisMachine();
const rows: Row[] = [];
for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
  process.stderr.write(`${bench.name}: ${bench.about} …\n`);
  try {
    for (const measurement of await bench.run()) rows.push({ bench: bench.name, ...measurement });
  } catch (error) {
    program.error(`${bench.name} could not be measured: ${messageOf(error)}`, { exitCode: ExitCode.environment });
  }
}
console.log(program.opts().json ? JSON.stringify({ machine, rows }, null, 2) : table(machine, rows));
process.exitCode = rows.some((row) => verdict(row) === 'miss') ? ExitCode.objectivesNotMet : ExitCode.ok;
