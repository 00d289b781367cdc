import { createUndoStack, type UndoStack } from '../platform/undo-stack.ts';
import { type AppArm, requestsPerCpuSecond } from './app-arm.ts';

/** How to raise two apps that differ in one thing, and the load on each. */
interface SideBySide {
  without(undo: UndoStack): Promise<AppArm>;
  within(undo: UndoStack): Promise<AppArm>;
  /** Requests per second on each app, few enough for both at once. */
  readonly ratePerSecond: number | ((within: AppArm) => Promise<number>);
}

/**
 * Two processes of the same program differ by up to ten percent for as long as they live, by what their compilers decided and where their memory lies: more pairs tell more
 * than longer rounds.
 */
const PAIRS = 8;
const ROUNDS = 4;
const SECONDS = 4;
/** For the compilers: what happens seldom takes long to get hot. */
const WARM_UP_SECONDS = 20;

/**
 * What one app serves less than another per second of its CPU time, in percent, round by round: the same load on both at the same time, so that whatever
 * else the machine does meets both, on several pairs of processes, of which now the one and now the other is raised first. Rejects as
 * `requestsPerCpuSecond` does.
 */
export async function lossSideBySide(apps: SideBySide): Promise<readonly number[]> {
  const losses: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) losses.push(...(await lossOfPair(apps, pair % 2 === 0)));
  return losses;
}

async function lossOfPair(apps: SideBySide, withoutFirst: boolean): Promise<readonly number[]> {
  const undo = createUndoStack();
  try {
    const early = withoutFirst ? await apps.without(undo) : undefined;
    const within = await apps.within(undo);
    const without = early ?? (await apps.without(undo));
    const { ratePerSecond } = apps;
    const rate = typeof ratePerSecond === 'number' ? ratePerSecond : await ratePerSecond(within);
    const lossOver = async (seconds: number) => {
      const both = [without, within].map((arm) => requestsPerCpuSecond(arm, rate, seconds));
      const [served, servedWithin] = (await Promise.all(both)) as [number, number];
      return 100 * (1 - servedWithin / served);
    };
    await lossOver(WARM_UP_SECONDS);
    const losses: number[] = [];
    for (let round = 0; round < ROUNDS; round++) losses.push(await lossOver(SECONDS));
    return losses;
  } finally {
    await undo.unwind();
  }
}
