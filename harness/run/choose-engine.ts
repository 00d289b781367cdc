import type { EngineName, LoadEngine } from '../domain/load.ts';
import type { Workload } from '../domain/workload.ts';
import { engines } from '../engines/engines.ts';

/** The engine that was asked for; otherwise the embedded one, unless the workload is a script of k6. */
export function chooseEngine(asked: EngineName | undefined, { k6 }: Workload): LoadEngine {
  return engines[asked ?? (k6 === undefined ? 'embedded' : 'k6')];
}
