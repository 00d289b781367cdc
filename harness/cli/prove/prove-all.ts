import { resolve } from 'node:path';
import { ExitCode, usageError } from '../../domain/errors.ts';
import { keepProof } from '../../domain/kept-proof.ts';
import type { ProofResult } from '../../domain/proof.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { writeFileAtomic } from '../../platform/files.ts';
import { interruption } from '../../platform/signals.ts';
import { thisMachine } from '../../platform/this-machine.ts';
import { renderJUnit } from '../../reports/junit.ts';
import { assertProvable } from '../../run/assert-provable.ts';
import { discoverScenarios } from '../../run/catalogue.ts';
import { keepProofs } from '../../run/kept-proofs.ts';
import { isFlawedOnly } from '../../run/proof-arms.ts';
import { findScenario } from '../find-scenario.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { closing } from './closing.ts';
import { explanation } from './explanation.ts';
import { playProofs } from './play-proofs.ts';
import { proofTable } from './proof-table.ts';
import type { ProveWishes } from './prove-wishes.ts';

/** Proves the named scenarios, or all, one after the other; says how each arm came out as it does. The JUnit file is written also when interrupted. */
export async function proveAll(ids: readonly string[], wishes: ProveWishes, terminal: Terminal): Promise<ExitCode> {
  const { all, repeat = 1, recheck = false, jobs = 1, within, variant, arm, junit, explain, write } = wishes;
  if (all && ids.length > 0)
    throw usageError('ALL_OR_SOME', `--all is all scenarios, and ${ids.join(', ')} was named.`, 'gameday prove --all');
  if (write && (variant || arm || within !== undefined))
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
  if (within !== undefined && repeat > 1)
    throw usageError(
      'WITHIN_OR_REPEAT',
      '--within leaves arms out, and with --repeat all have to agree.',
      'Give one of the two.',
    );
  if (jobs < 1)
    throw usageError('JOBS_INVALID', `--jobs ${jobs}: at least one arm is played at a time.`, 'gameday prove --jobs 2');
  const signal = interruption();
  const scenarios = ids.length === 0 ? await everyScenario() : await Promise.all(ids.map(findScenario));
  const place = ({ scenario }: ProofResult) => scenarios.findIndex(({ id }) => id === scenario);
  // Before the first is played, not after an hour.
  if (!isFlawedOnly(arm)) for (const scenario of scenarios) await assertProvable(scenario);
  const proofs: ProofResult[] = [];
  try {
    for await (const proof of playProofs(scenarios, wishes, terminal, signal)) {
      proofs.push(proof);
      // At once: the next one may take an hour, and be interrupted.
      if (write) await keep(proof, scenarios, terminal);
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    proofs.sort((one, other) => place(one) - place(other));
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
  return exitCodeOfProofs(proofs);
}

/** Keeps a proof that came out right, and says of another that it is not kept. */
async function keep(proof: ProofResult, scenarios: readonly Scenario[], terminal: Terminal): Promise<void> {
  if (!proof.ok) {
    terminal.err(`Not kept, for not every arm came out as it should: ${proof.scenario}`);
    return;
  }
  const at = { provenOn: new Date().toISOString().slice(0, 10), machine: thisMachine() };
  const scenario = scenarios.find(({ id }) => id === proof.scenario)!;
  for (const file of await keepProofs([{ scenario, proof: keepProof(proof, at) }])) terminal.err(`Wrote ${file}`);
}

/** All of them; one that is not valid is not proven. */
async function everyScenario(): Promise<readonly Scenario[]> {
  const { scenarios, problems } = await discoverScenarios();
  if (problems[0] !== undefined) throw problems[0];
  return scenarios;
}

function exitCodeOfProofs(proofs: readonly ProofResult[]): ExitCode {
  const wrong = proofs.flatMap((proof) => proof.arms).filter((arm) => !arm.ok);
  if (wrong.length === 0) return proofs.every((proof) => proof.ok) ? ExitCode.ok : ExitCode.environment;
  return wrong.every((arm) => arm.outcome === 'inconclusive') ? ExitCode.environment : ExitCode.objectivesNotMet;
}
