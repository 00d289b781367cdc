import { foreignCoresOf, noticeableCores } from '../../domain/contention.ts';
import { messageOf } from '../../domain/errors.ts';
import { watchMachine } from '../../meters/machine-watch.ts';
import { sleep } from '../../platform/clock.ts';
import type { Finding } from './finding.ts';

const watchedMs = 1_000;

/** Whether other programs use more of the processors right now than every machine does in the background. Watches for a second. */
export async function examineOtherPrograms(): Promise<Finding> {
  const what = 'other programs';
  try {
    const watch = watchMachine();
    await sleep(watchedMs);
    const reading = watch.cut();
    const taken = foreignCoresOf(reading);
    const found = `${taken.toFixed(1)} of ${reading.cores} cores taken`;
    return taken < noticeableCores
      ? { what, state: 'ok', found }
      : {
          what,
          state: 'poor',
          found,
          fix: 'close them while you play: what is late on a busy machine is inconclusive',
        };
  } catch (error) {
    return { what, state: 'ok', found: messageOf(error) };
  }
}
