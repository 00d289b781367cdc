import type { PhaseEvidence } from '../domain/evidence.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { queuesMeter } from '../meters/queues.ts';
import { sleep } from '../platform/clock.ts';

const pollMs = 200;
/** Work is finished when it stays finished this long: a job may be about to enqueue another. */
const calmMs = 800;

/** Whether the asynchronous work that the load caused was done before time ran out. */
export type Settled = 'finished' | 'unfinished';

/** What was measured of a phase, with what it says when work was left. */
export function asSettled(evidence: PhaseEvidence, settled: Settled | undefined): PhaseEvidence {
  return settled === 'unfinished' ? { ...evidence, unfinished: true } : evidence;
}

/**
 * Waits until the asynchronous work that the load caused is finished: no webhook outstanding, no job waiting, active or delayed. Gives up
 * after `seconds`.
 */
export async function settle(sandbox: Sandbox, seconds: number, signal: AbortSignal): Promise<Settled> {
  const queues = await queuesMeter.start(sandbox);
  try {
    const deadline = Date.now() + seconds * 1_000;
    let calmSince: number | undefined;
    while (Date.now() < deadline) {
      const counts = Object.values(await queues.cut());
      const unfinished = counts.reduce(
        (sum, { waiting, active, delayed }) => sum + waiting + active + delayed,
        sandbox.payments.undelivered(),
      );
      calmSince = unfinished > 0 ? undefined : (calmSince ?? Date.now());
      if (calmSince !== undefined && Date.now() - calmSince >= calmMs) return 'finished';
      await sleep(pollMs, signal);
    }
    return 'unfinished';
  } finally {
    await queues.stop();
  }
}
