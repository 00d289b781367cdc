import { resolve } from 'node:path';
import type { ProofArm, ProofResult } from '../../domain/proof.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { formatDuration } from '../../reports/format.ts';
import { planArms } from '../../run/proof-arms.ts';
import { proveAgain, proveScenario } from '../../run/prove.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { joinParts, proofParts } from './proof-parts.ts';
import { unsteadiness, whyNot } from './proof-table.ts';
import { proveBeside } from './prove-beside.ts';
import type { ProveWishes } from './prove-wishes.ts';

/**
 * Plays the proofs of scenarios and yields each as it is there, which need not be their order; says how each arm came out as it does.
 *
 * With `jobs` above 1 those go first that can be played beside each other, then, alone, the others and what came out otherwise.
 */
export async function* playProofs(
  scenarios: readonly Scenario[],
  wishes: ProveWishes,
  terminal: Terminal,
  signal: AbortSignal,
): AsyncGenerator<ProofResult> {
  const { jobs = 1, repeat = 1, recheck = false, attempts, variant, arm, services, engine, keep } = wishes;
  const options = {
    signal,
    repeat,
    recheck,
    ...(attempts && { attempts }),
    ...(variant && { variants: variant }),
    ...(arm && { arms: arm }),
    ...(services && { services }),
    ...(engine && { engine }),
    ...(keep !== undefined && { keep: resolve(keep) }),
  };
  const beside = jobs > 1 ? scenarios.filter((scenario) => !needsTheMachine(scenario)) : [];
  const onLine = (id: string, line: string) => terminal.err(line.startsWith(' ') ? `  ${id} ${line.trim()}` : line);
  // A scenario that has the machine to itself is played in as many parts as can be played at a time.
  const hands = Math.ceil(jobs / Math.max(1, beside.length));
  const parts = await Promise.all(beside.map((scenario) => proofParts(scenario, hands, variant, arm)));
  const played = await proveBeside(parts.flat(), jobs, optionsFor(wishes), onLine, signal);
  const first = await Promise.all(
    beside.map((scenario) =>
      joinParts(
        scenario,
        played.filter((part) => part.scenario === scenario.id),
        variant,
        arm,
      ),
    ),
  );
  const otherwise = recheck ? first.filter(({ ok }) => !ok) : [];
  yield* first.filter((proof) => !otherwise.includes(proof));

  for (const proof of otherwise) {
    const scenario = scenarios.find(({ id }) => id === proof.scenario)!;
    terminal.err(terminal.errPaint('bold', `${scenario.id}: what came out otherwise, alone`));
    yield await proveAgain(scenario, proof, { ...options, onArm: (played) => terminal.err(`  ${armLine(played)}`) });
  }

  const alone = scenarios.filter((scenario) => !beside.includes(scenario));
  const remaining = await countdown(alone, repeat, variant, arm);
  const onArm = (played: ProofArm) => terminal.err(`  ${armLine(played)} ${terminal.errPaint('dim', remaining())}`);
  for (const scenario of alone) {
    terminal.err(terminal.errPaint('bold', `${scenario.id}: ${scenario.definition.title}`));
    yield await proveScenario(scenario, { ...options, onArm });
  }
}

/** Whether the load goes by what the machine can do: then nothing may be played beside it. */
function needsTheMachine({ definition: { variants, plan } }: Scenario): boolean {
  return Object.values(variants).some((variant) => 'timesFlawedCapacity' in plan(variant).workload.rate);
}

/** What a proof in a process of its own has to know of the wishes. */
function optionsFor({ repeat, recheck, attempts, services, engine, keep }: ProveWishes): readonly string[] {
  // What is played again alone need not be tried again beside others.
  const plays = attempts ?? (recheck && 1);
  return [
    ...(plays === undefined ? [] : ['--attempts', String(plays)]),
    ...(repeat === undefined ? [] : ['--repeat', String(repeat)]),
    ...(services === undefined ? [] : ['--services', services]),
    ...(engine === undefined ? [] : ['--engine', engine]),
    ...(keep === undefined ? [] : ['--keep', resolve(keep)]),
  ];
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

function armLine(arm: ProofArm): string {
  return `${arm.ok ? '✔' : '✘'} ${arm.variant} / ${arm.arm}: ${arm.outcome} after ${formatDuration(arm.seconds * 1000)}${arm.ok ? '' : `; ${whyNot(arm)}`}${unsteadiness(arm)}`;
}
