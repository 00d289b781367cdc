import type { Fault } from '../domain/fault.ts';
import { crash } from './crash.ts';

/** The worker dies (SIGKILL) in the middle of its jobs and is started again. */
export function workerCrash(): Fault {
  return crash({
    name: 'worker-crash',
    summary: 'The worker dies in the middle of its jobs and is started again.',
    process: 'worker-1',
  });
}
