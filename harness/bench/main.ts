import { join } from 'node:path';
import { Command } from 'commander';
import { ExitCode, messageOf } from '../domain/errors.ts';
import { writeFileAtomic } from '../platform/files.ts';
import type { Bench } from './bench.ts';
import { thisMachine } from './machine.ts';
import { metrics } from './metrics.ts';
import { operation } from './operation.ts';
import { proxy } from './proxy.ts';
import { reset } from './reset.ts';
import { type BenchResult, type Results, standingOf } from './results.ts';
import { renderResults } from './results-page.ts';
import { resultsTable } from './results-table.ts';
import { runBench } from './run-bench.ts';
import { selects } from './selects.ts';
import { stall } from './stall.ts';
import { start } from './start.ts';
import { throughput } from './throughput.ts';
import { tracing } from './tracing.ts';

const benches: readonly Bench[] = [stall, throughput, proxy, selects, start, operation, reset, tracing, metrics];
const page = join(import.meta.dirname, 'RESULTS.md');

const program = new Command('bench')
  .description(
    `Measures what the harness promises about itself: ${benches.map(({ name, about }) => `${name} (${about})`).join('; ')}.`,
  )
  .argument('[name...]', 'which benches; all without a name')
  .option('--json', 'machine-readable result on stdout')
  .option('--write', `write the results of all benches to ${page}`)
  .parse();
const names: readonly string[] = program.args;
const { json, write } = program.opts<{ readonly json?: true; readonly write?: true }>();
const refuse = (mistake: string) => program.error(mistake, { exitCode: ExitCode.usage });
const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
if (unknown) refuse(`No bench is named ${unknown}. There are: ${benches.map(({ name }) => name).join(', ')}.`);
if (write && names.length > 0) refuse('The page has the results of all benches: --write takes no names.');

const at = new Date().toISOString();
const machine = await thisMachine();
const measured: BenchResult[] = [];
for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
  process.stderr.write(`${bench.name}: ${bench.about} …\n`);
  try {
    measured.push(await runBench(bench));
  } catch (error) {
    // What the others have measured, for a quarter of an hour, is not lost with it.
    const { name, about } = bench;
    measured.push({ name, about, measurements: [], problem: messageOf(error) });
    process.stderr.write(`${name} could not be measured: ${messageOf(error)}\n`);
  }
}
const results: Results = { at, machine, benches: measured };
console.log(json ? JSON.stringify(results, null, 2) : resultsTable(results));
if (write) {
  writeFileAtomic(page, renderResults(results));
  process.stderr.write(`Written to ${page}\n`);
}
const missed = measured.some(({ measurements }) => measurements.some((one) => standingOf(one) === 'missed'));
const unmeasured = measured.some(({ problem }) => problem !== undefined);
process.exitCode = missed ? ExitCode.objectivesNotMet : unmeasured ? ExitCode.environment : ExitCode.ok;
