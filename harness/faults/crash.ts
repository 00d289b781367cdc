import { request } from 'undici';
import { environmentError } from '../domain/errors.ts';
import type { Fault } from '../domain/fault.ts';
import { isRunning } from '../platform/processes.ts';
import { injection, nothingToUndo } from './injection.ts';

/** Kills a process of the app without warning. Nothing is left to undo: the supervisor has started it again when the injection returns. */
export function crash(fault: { readonly name: string; readonly summary: string; readonly process: string }): Fault {
  return {
    name: fault.name,
    summary: fault.summary,
    async inject(sandbox) {
      const running = sandbox.app.processes().map(({ name }) => name);
      if (!running.includes(fault.process)) {
        throw environmentError('PROCESS_UNKNOWN', `${fault.process} is not running`, `Running: ${running.join(', ')}`);
      }
      const { oldPid, newPid } = await sandbox.app.crash(fault.process);
      return injection({
        receipt: `${fault.process} killed: process ${oldPid}, started again as ${newPid}`,
        async witness() {
          const successor = sandbox.app.processes().find(({ name }) => name === fault.process);
          if (!successor || isRunning(oldPid)) return undefined;
          const health = await request(`${successor.url}/healthz`, { signal: AbortSignal.timeout(2_000) });
          await health.body.dump();
          if (health.statusCode !== 200) return undefined;
          return `Process ${oldPid} is gone and ${fault.process} is healthy again`;
        },
        undo: nothingToUndo,
      });
    },
  };
}
