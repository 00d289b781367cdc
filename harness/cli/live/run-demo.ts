import type { ExitCode } from '../../domain/errors.ts';
import { usageError } from '../../domain/errors.ts';
import type { JournalEvent } from '../../domain/journal.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { sleep } from '../../platform/clock.ts';
import { defaultScenario } from '../../run/catalogue.ts';
import type { RunningGameDay } from '../../run/game-day.ts';
import { planOf } from '../../run/plan-of.ts';
import { findPatches } from '../../run/scenario-files.ts';
import { applyPatch } from '../../run/workspace.ts';
import { findScenario } from '../find-scenario.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type BootWishes, bootGameDay } from './boot-game-day.ts';
import { playSession } from './play-session.ts';

/** Longest wait for a change of the objectives, as a multiple of what one wave of the incident lasts. */
const patience = 2.5;
const settleMs = 3_000;

/** Plays a scenario hands off: waits until the incident hurts, deploys the reference solution under load, watches it recover, submits. */
export async function runDemo(id: string | undefined, wishes: BootWishes, terminal: Terminal): Promise<ExitCode> {
  const scenario = id === undefined ? await defaultScenario() : await findScenario(id);
  const { solution } = await findPatches(scenario);
  const { gameDay, signal } = await bootGameDay(scenario, wishes, terminal);
  const acting = act(gameDay, scenario, solution).catch(async (error: unknown) => {
    // Once the game day is over, being refused is no news.
    if (gameDay.state().stage === 'ended') return;
    await gameDay.end('the demo could not go on');
    throw error;
  });
  const exitCode = await playSession(gameDay, terminal, signal);
  await acting;
  return exitCode;
}

async function act(gameDay: RunningGameDay, scenario: Scenario, solution: string): Promise<void> {
  const state = gameDay.state();
  const { seconds } = planOf(scenario, state.variant).plan;
  const waveMs = seconds.incident * 1_000;
  await objectivesBecome(gameDay, false, seconds.steady * 1_000 + patience * waveMs);
  await gameDay.note('The objectives are broken. Deploying the reference solution.');
  await applyPatch(state.workspace, solution);
  const deployed = await gameDay.deploy();
  if (!deployed.ok)
    throw usageError('DEMO_REFUSED', `The reference solution was refused at ${deployed.stage}: ${deployed.problem}`);
  await objectivesBecome(gameDay, true, patience * waveMs);
  await sleep(settleMs);
  await gameDay.submit();
}

/** Resolves when the objectives were judged so, the time is up, or the game day is over. */
function objectivesBecome({ journal, ended }: RunningGameDay, met: boolean, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      unfollow();
      clearTimeout(timer);
      resolve();
    };
    const unfollow = journal.follow((event: JournalEvent) => {
      if (event.type === 'objectives.changed' && event.met === met) done();
    });
    const timer = setTimeout(done, withinMs);
    void ended.then(done);
  });
}
