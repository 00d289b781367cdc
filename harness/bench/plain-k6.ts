import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProcessTree } from '../meters/process-tree.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { startProcess } from '../platform/processes.ts';

/** A k6 that sends as much as it can. */
export interface PlainK6 {
  /** Processor time it has used so far, the kernel's included. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

const script = (users: number, target: URL) => `import http from 'k6/http';
export const options = {
  discardResponseBodies: true,
  scenarios: { load: { executor: 'constant-vus', vus: ${users}, duration: '1h' } },
};
export default () => http.get('${target.origin}/accounts/' + (1 + Math.floor(Math.random() * 2000)));
`;

/** Nothing is made of what was measured. */
const cheapest = ['--quiet', '--no-usage-report', '--summary-mode=disabled', '--no-thresholds', '--system-tags=status'];

/**
 * Starts k6 as fast as it gets, which is faster than people run it: a closed loop (arrivals that nobody serves would cost it time), a script of
 * one line where the embedded engine fills in requests of a plan, no output, no summary, no thresholds.
 */
export function startPlainK6(command: string, users: number, target: URL): PlainK6 {
  const folder = temporaryDirectory('bench-k6');
  const file = join(folder, 'script.js');
  writeFileSync(file, script(users, target));
  // A port for its API of its own choice, so that another k6 is not in the way.
  const running = startProcess({ name: 'k6', command, args: ['run', ...cheapest, '--address', '127.0.0.1:0', file] });
  return {
    cpuSeconds: async () => (await readProcessTree(running.pid))?.cpuSeconds ?? 0,
    stop: async () => {
      await running.stop({ graceMs: 500 });
      removeTemporaryDirectory(folder);
    },
  };
}
