import { replicasOf, type Sandbox } from '../domain/sandbox.ts';
import { sleep, until } from '../platform/clock.ts';

/** Something that people do through the app, and how each replica shows that it was done. Replicas are given as addresses. */
export interface Effect {
  /** Whether the replica serves what is going to be watched; from then on it may have cached it. */
  readonly isReady: (url: string) => Promise<boolean>;
  /** Does it and says whether it succeeded; tried again until it did. */
  readonly act: () => Promise<boolean>;
  readonly shows: (url: string) => Promise<boolean>;
}

/** All in milliseconds. */
export interface Patience {
  /** Longest wait for every replica to be ready, and again for the act to succeed. */
  readonly prepareMs: number;
  /** Pause between two looks at one replica. */
  readonly everyMs: number;
  /** How long the effect is looked for. */
  readonly giveUpMs: number;
}

/**
 * Waits until every replica is ready, acts, and looks at each replica until it shows the effect.
 * @param record gets for each replica, as soon as it is known, the milliseconds from the act's success as `untilShown` measures them
 * @throws environmentError `TIMED_OUT` when preparing took too long; `signal.reason` on abort
 */
export async function watchEffect(
  sandbox: Sandbox,
  { isReady, act, shows }: Effect,
  patience: Patience,
  signal: AbortSignal,
  record: (ms: number) => void,
): Promise<void> {
  const replicas = replicasOf(sandbox).map(({ name }) => name);
  const waiting = { timeoutMs: patience.prepareMs, everyMs: patience.everyMs, signal };
  const ready = replicas.map((name) => until(`${name} to be ready`, () => isReady(urlOf(sandbox, name)), waiting));
  await Promise.all(ready);
  await until('success', act, waiting);
  const since = performance.now();
  const looks = replicas.map(async (name) => record(await untilShown(sandbox, name, shows, since, patience, signal)));
  await Promise.all(looks);
}

/**
 * Looks at one replica, also over restarts, until it shows the effect; a look that fails has not seen it.
 * @returns milliseconds from `since` (on the clock of `performance.now()`) to the start of the first look that saw it, or -1
 */
export async function untilShown(
  sandbox: Sandbox,
  replica: string,
  shows: Effect['shows'],
  since: number,
  { everyMs, giveUpMs }: Pick<Patience, 'everyMs' | 'giveUpMs'>,
  signal: AbortSignal,
): Promise<number> {
  const look = async () => shows(urlOf(sandbox, replica));
  for (;;) {
    signal.throwIfAborted();
    const looked = performance.now();
    if (looked - since > giveUpMs) return -1;
    if (await look().catch(() => false)) return looked - since;
    await sleep(everyMs, signal);
  }
}

/** Replicas keep their name but not their address over a restart. */
function urlOf(sandbox: Sandbox, replica: string): string {
  const process = replicasOf(sandbox).find(({ name }) => name === replica);
  if (!process) throw new Error(`${replica} is not running`);
  return process.url;
}
