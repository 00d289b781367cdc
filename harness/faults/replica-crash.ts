import type { Fault } from '../domain/fault.ts';
import { crash } from './crash.ts';
import { parametersOf } from './parameters.ts';

/**
 * One API replica dies (SIGKILL) and is started again.
 * @param options.replica which one, counted from 1
 * @throws usageError `FAULT_INVALID`; environmentError `PROCESS_UNKNOWN` on injection when there is no such replica
 */
export function replicaCrash({ replica }: { readonly replica: number }): Fault {
  parametersOf('replica-crash').whole('replica', replica, 1, 100);
  return crash({
    name: 'replica-crash',
    summary: `API replica ${replica} dies without warning and is started again.`,
    process: `api-${replica}`,
  });
}
