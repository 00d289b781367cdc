import { findK6 } from '../../engines/k6/k6-program.ts';
import { findEngine } from '../../services/docker/find-engine.ts';
import type { Finding } from './finding.ts';

/** Whether services can be taken from Docker, which nothing needs but the option. */
export async function examineDocker(): Promise<Finding> {
  const what = '--services docker';
  const engine = await findEngine();
  return 'reason' in engine
    ? { what, state: 'unneeded', found: engine.reason }
    : { what, state: 'ok', found: engine.address };
}

/** Whether k6 can play the load, which nothing needs but the option. */
export async function examineK6(): Promise<Finding> {
  const what = '--engine k6';
  const program = await findK6();
  return 'missing' in program
    ? { what, state: 'unneeded', found: program.missing }
    : { what, state: 'ok', found: `${program.version}, ${program.where}` };
}
