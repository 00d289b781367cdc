import type { Sandbox } from '../domain/sandbox.ts';
import { queuesMeter } from '../meters/queues.ts';
import { sleep } from '../platform/clock.ts';

const pollMs = 200;
/** Work is finished when it stays finished this long: a job may be about to enqueue another. */
const calmMs = 800;

/**
 * Waits until the asynchronous work that the load caused is finished: no webhook outstanding, no job waiting, active or delayed. Gives up quietly
 * after `seconds`: what is unfinished then shows in the evidence.
 */
export async function settle(sandbox: Sandbox, seconds: number, signal: AbortSignal): Promise<void> {
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
      if (calmSince !== undefined && Date.now() - calmSince >= calmMs) return;
      await sleep(pollMs, signal);
    }
  } finally {
    await queues.stop();
  }
}
