import { resolve } from 'node:path';
import { ExitCode } from '../../domain/errors.ts';
import type { EngineName } from '../../domain/load.ts';
import type { ProofArm, ProofResult } from '../../domain/proof.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { ServiceSource } from '../../domain/service.ts';
import { writeFileAtomic } from '../../platform/files.ts';
import { interruption } from '../../platform/signals.ts';
import { formatDuration } from '../../reports/format.ts';
import { renderJUnit } from '../../reports/junit.ts';
import { discoverScenarios } from '../../run/catalogue.ts';
import { proveScenario } from '../../run/prove.ts';
import { findScenario } from '../find-scenario.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { proofTable, whyNot } from './proof-table.ts';

export interface ProveWishes {
  readonly repeat?: number;
  readonly variant?: readonly string[];
  readonly arm?: readonly string[];
  readonly services?: ServiceSource;
  readonly engine?: EngineName;
  /** File for JUnit XML. */
  readonly junit?: string;
  readonly keep?: string;
}

/** Proves the named scenarios, or all, one after the other; says how each arm came out as it does. The JUnit file is written also when interrupted. */
export async function proveAll(
  ids: readonly string[],
  { repeat, variant, arm, services, engine, junit, keep }: ProveWishes,
  terminal: Terminal,
): Promise<ExitCode> {
  const signal = interruption();
  const scenarios = ids.length === 0 ? await everyScenario() : await Promise.all(ids.map(findScenario));
  const proofs: ProofResult[] = [];
  try {
    for (const scenario of scenarios) {
      terminal.err(terminal.errPaint('bold', `${scenario.id}: ${scenario.definition.title}`));
      proofs.push(
        await proveScenario(scenario, {
          signal,
          ...(repeat !== undefined && { repeat }),
          ...(variant && { variants: variant }),
          ...(arm && { arms: arm }),
          ...(services && { services }),
          ...(engine && { engine }),
          ...(keep !== undefined && { keep: resolve(keep) }),
          onArm: (played) => terminal.err(`  ${armLine(played)}`),
        }),
      );
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    if (junit !== undefined) writeFileAtomic(resolve(junit), renderJUnit(proofs));
  }
  if (terminal.json) terminal.outJson(proofs);
  else for (const proof of proofs) terminal.out(`${proofTable(proof, terminal.paint, terminal.width)}\n`);
  return exitCodeOfProofs(proofs);
}

/** All of them; one that is not valid is not proven. */
async function everyScenario(): Promise<readonly Scenario[]> {
  const { scenarios, problems } = await discoverScenarios();
  if (problems[0] !== undefined) throw problems[0];
  return scenarios;
}

function armLine(arm: ProofArm): string {
  return `${arm.ok ? '✔' : '✘'} ${arm.variant} / ${arm.arm}: ${arm.outcome} after ${formatDuration(arm.seconds * 1000)}${arm.ok ? '' : `; ${whyNot(arm)}`}`;
}

function exitCodeOfProofs(proofs: readonly ProofResult[]): ExitCode {
  const wrong = proofs.flatMap((proof) => proof.arms).filter((arm) => !arm.ok);
  if (wrong.length === 0) return proofs.every((proof) => proof.ok) ? ExitCode.ok : ExitCode.environment;
  return wrong.every((arm) => arm.outcome === 'inconclusive') ? ExitCode.environment : ExitCode.objectivesNotMet;
}
