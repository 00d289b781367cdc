import { join, resolve } from 'node:path';
import type { ProofArm, ProofResult } from '../../domain/proof.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { planArms } from '../../run/proof-arms.ts';
import { proveAgain, proveScenario } from '../../run/prove.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { armLine, armLineIn } from './arm-line.ts';
import { countdown } from './countdown.ts';
import { completeParts, joinParts, type ProofPart, proofParts } from './proof-parts.ts';
import { proveBeside } from './prove-beside.ts';
import type { ProveWishes } from './prove-wishes.ts';
import { timeShares } from './time-shares.ts';

/**
 * Plays the proofs of scenarios and yields each as it is there, which need not be their order; says how each arm came out as it does.
 *
 * With `jobs` above 1 those go first that can be played beside each other, then, alone, the others, and last what came out otherwise beside another: for that there is always time.
 */
export async function* playProofs(
  scenarios: readonly Scenario[],
  wishes: ProveWishes,
  terminal: Terminal,
  signal: AbortSignal,
): AsyncGenerator<ProofResult> {
  const { jobs = 1, repeat = 1, recheck = false, attempts, within, variant, arm, services, engine, keep } = wishes;
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
  const alone = scenarios.filter((scenario) => !beside.includes(scenario));
  // A scenario that has the machine to itself is played in as many parts as can be played at a time.
  const hands = Math.ceil(jobs / Math.max(1, beside.length));
  const parts = (await Promise.all(beside.map((scenario) => proofParts(scenario, hands, variant, arm)))).flat();
  const wholes = (await Promise.all(alone.map((scenario) => proofParts(scenario, 1, variant, arm)))).flat();
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const counts = new Map<ProofPart, number>();
  for (const part of [...parts, ...wholes]) counts.set(part, await countArms(byId.get(part.scenario)!, part));
  const countOf = (of: readonly ProofPart[]) => of.reduce((sum, part) => sum + counts.get(part)!, 0);
  const arms = { beside: countOf(parts), alone: countOf(wholes) };
  const left = countdown({ beside: repeat * arms.beside, alone: repeat * arms.alone }, jobs, within);
  const shares = timeShares(within === undefined ? undefined : within / 1_000, arms, jobs);
  const say = (line: string, remaining: string) => terminal.err(`  ${line} ${terminal.errPaint('dim', remaining)}`);
  const onLine = (id: string, line: string) => {
    const played = armLineIn(line);
    if (played === undefined) terminal.err(line);
    else say(`${id} ${played}`, left.beside());
  };

  const atATime = Math.min(jobs, parts.length);
  const otherwise: ProofResult[] = [];
  const optionsOf = (part: ProofPart) => optionsFor(part, wishes, shares.beside(counts.get(part)!));
  const played = proveBeside(parts, jobs, optionsOf, onLine, signal);
  for await (const ofOne of completeParts(played, parts)) {
    const scenario = byId.get(ofOne[0]!.scenario)!;
    const proof = { ...(await joinParts(scenario, ofOne, variant, arm)), ...(atATime > 1 && { atATime }) };
    if (recheck && !proof.ok) otherwise.push(proof);
    else yield proof;
  }

  const onArm = (done: ProofArm) => say(armLine(done), left.alone());
  for (const whole of wholes) {
    const scenario = byId.get(whole.scenario)!;
    terminal.err(terminal.errPaint('bold', `${scenario.id}: ${scenario.definition.title}`));
    const share = shares.alone(counts.get(whole)!);
    yield await proveScenario(scenario, { ...options, ...(share && { within: share }), onArm });
  }

  for (const proof of otherwise) {
    const scenario = byId.get(proof.scenario)!;
    terminal.err(terminal.errPaint('bold', `${scenario.id}: what came out otherwise, alone`));
    yield await proveAgain(scenario, proof, { ...options, onArm: (again) => terminal.err(`  ${armLine(again)}`) });
  }
}

/** Whether the load goes by what the machine can do: then nothing may be played beside it. */
function needsTheMachine({ definition: { variants, plan } }: Scenario): boolean {
  return Object.values(variants).some((variant) => 'timesFlawedCapacity' in plan(variant).workload.rate);
}

/**
 * What a proof in a process of its own has to know of the wishes.
 * @param within seconds that it may take
 */
function optionsFor({ part }: ProofPart, wishes: ProveWishes, within?: number): readonly string[] {
  const { repeat, recheck, attempts, services, engine, keep } = wishes;
  // What is played again alone need not be tried again beside others.
  const plays = attempts ?? (recheck && 1);
  return [
    ...(plays === undefined ? [] : ['--attempts', String(plays)]),
    ...(within === undefined ? [] : ['--within', `${Math.ceil(within)}s`]),
    ...(repeat === undefined ? [] : ['--repeat', String(repeat)]),
    ...(services === undefined ? [] : ['--services', services]),
    ...(engine === undefined ? [] : ['--engine', engine]),
    // Two that play the same scenario at a time have a journal each.
    ...(keep === undefined ? [] : ['--keep', join(resolve(keep), part === undefined ? '' : `part-${part}`)]),
  ];
}

async function countArms(scenario: Scenario, { variants, arms }: ProofPart): Promise<number> {
  return (await planArms(scenario, variants, arms)).length;
}
