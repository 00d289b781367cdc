import { resolve } from 'node:path';
import { ExitCode, usageError } from '../../domain/errors.ts';
import { keepProof } from '../../domain/kept-proof.ts';
import type { EngineName } from '../../domain/load.ts';
import type { ProofArm, ProofResult } from '../../domain/proof.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { ServiceSource } from '../../domain/service.ts';
import { writeFileAtomic } from '../../platform/files.ts';
import { interruption } from '../../platform/signals.ts';
import { thisMachine } from '../../platform/this-machine.ts';
import { formatDuration } from '../../reports/format.ts';
import { renderJUnit } from '../../reports/junit.ts';
import { assertProvable } from '../../run/assert-provable.ts';
import { discoverScenarios } from '../../run/catalogue.ts';
import { keepProofs } from '../../run/kept-proofs.ts';
import { isFlawedOnly, planArms } from '../../run/proof-arms.ts';
import { proveScenario } from '../../run/prove.ts';
import { findScenario } from '../find-scenario.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { closing } from './closing.ts';
import { explanation } from './explanation.ts';
import { proofTable, unsteadiness, whyNot } from './proof-table.ts';

export interface ProveWishes {
  readonly all?: true;
  readonly repeat?: number;
  readonly recheck?: true;
  readonly variant?: readonly string[];
  readonly arm?: readonly string[];
  readonly services?: ServiceSource;
  readonly engine?: EngineName;
  /** File for JUnit XML. */
  readonly junit?: string;
  readonly keep?: string;
  /** Also shows what separates arms from the solution. */
  readonly explain?: true;
  /** Keeps the proofs with their scenarios and rewrites the pages about the catalogue. */
  readonly write?: true;
}

/** Proves the named scenarios, or all, one after the other; says how each arm came out as it does. The JUnit file is written also when interrupted. */
export async function proveAll(ids: readonly string[], wishes: ProveWishes, terminal: Terminal): Promise<ExitCode> {
  const { all, repeat = 1, recheck = false, variant, arm, services, engine, junit, explain, write } = wishes;
  if (all && ids.length > 0)
    throw usageError('ALL_OR_SOME', `--all is all scenarios, and ${ids.join(', ')} was named.`, 'gameday prove --all');
  if (write && (variant || arm))
    throw usageError(
      'WRITE_NEEDS_ALL',
      'What --write keeps is a proof of all variants and arms.',
      'gameday prove <scenario> --write',
    );
  if (recheck && repeat > 1)
    throw usageError(
      'RECHECK_OR_REPEAT',
      '--recheck lets two of three plays decide, and with --repeat all have to agree.',
      'Give one of the two.',
    );
  const signal = interruption();
  const scenarios = ids.length === 0 ? await everyScenario() : await Promise.all(ids.map(findScenario));
  // Before the first is played, not after an hour.
  if (!isFlawedOnly(arm)) for (const scenario of scenarios) await assertProvable(scenario);
  const remaining = await countdown(scenarios, repeat, variant, arm);
  const proofs: ProofResult[] = [];
  try {
    for (const scenario of scenarios) {
      terminal.err(terminal.errPaint('bold', `${scenario.id}: ${scenario.definition.title}`));
      proofs.push(
        await proveScenario(scenario, {
          signal,
          repeat,
          recheck,
          ...(variant && { variants: variant }),
          ...(arm && { arms: arm }),
          ...(services && { services }),
          ...(engine && { engine }),
          ...(wishes.keep !== undefined && { keep: resolve(wishes.keep) }),
          onArm: (played) => terminal.err(`  ${armLine(played)} ${terminal.errPaint('dim', remaining())}`),
        }),
      );
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    if (junit !== undefined) writeFileAtomic(resolve(junit), renderJUnit(proofs));
  }
  if (terminal.json) terminal.outJson(proofs);
  else {
    for (const proof of proofs) {
      terminal.out(`${proofTable(proof, terminal.paint, terminal.width)}\n`);
      if (explain) terminal.out(`${explanation(proof, terminal.paint)}\n`);
    }
    const last = closing(proofs, terminal.paint);
    if (last !== undefined) terminal.out(last);
  }
  if (write) await keep(scenarios, proofs, terminal);
  return exitCodeOfProofs(proofs);
}

/** Tells after every arm how many there still are, and about how long they take. */
async function countdown(
  scenarios: readonly Scenario[],
  repeat: number,
  variants?: readonly string[],
  arms?: readonly string[],
): Promise<() => string> {
  const planned = await Promise.all(
    scenarios.map((scenario) => planArms(scenario, variants ?? scenario.variants, arms)),
  );
  const all = repeat * planned.flat().length;
  const started = performance.now();
  let played = 0;
  return () => {
    played++;
    if (played >= all) return `${all}/${all}`;
    const left = ((performance.now() - started) / played) * (all - played);
    return `${played}/${all}, about ${formatDuration(left)} left`;
  };
}

/** Keeps every proof that came out right, and says which did not. */
async function keep(scenarios: readonly Scenario[], proofs: readonly ProofResult[], terminal: Terminal): Promise<void> {
  const at = { provenOn: new Date().toISOString().slice(0, 10), machine: thisMachine() };
  const proven = proofs.flatMap((proof, i) =>
    proof.ok ? [{ scenario: scenarios[i]!, proof: keepProof(proof, at) }] : [],
  );
  for (const file of await keepProofs(proven)) terminal.err(`Wrote ${file}`);
  const others = proofs.filter(({ ok }) => !ok).map(({ scenario }) => scenario);
  if (others.length > 0) terminal.err(`Not kept, for not every arm came out as it should: ${others.join(', ')}`);
}

/** All of them; one that is not valid is not proven. */
async function everyScenario(): Promise<readonly Scenario[]> {
  const { scenarios, problems } = await discoverScenarios();
  if (problems[0] !== undefined) throw problems[0];
  return scenarios;
}

function armLine(arm: ProofArm): string {
  return `${arm.ok ? '✔' : '✘'} ${arm.variant} / ${arm.arm}: ${arm.outcome} after ${formatDuration(arm.seconds * 1000)}${arm.ok ? '' : `; ${whyNot(arm)}`}${unsteadiness(arm)}`;
}

function exitCodeOfProofs(proofs: readonly ProofResult[]): ExitCode {
  const wrong = proofs.flatMap((proof) => proof.arms).filter((arm) => !arm.ok);
  if (wrong.length === 0) return proofs.every((proof) => proof.ok) ? ExitCode.ok : ExitCode.environment;
  return wrong.every((arm) => arm.outcome === 'inconclusive') ? ExitCode.environment : ExitCode.objectivesNotMet;
}
