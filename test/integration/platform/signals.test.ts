import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { until } from '../../../harness/platform/clock.ts';
import { projectRoot } from '../../../harness/platform/files.ts';
import { startProcess } from '../../../harness/platform/processes.ts';

const code = `
  import { interruption } from '${pathToFileURL(join(projectRoot, 'harness', 'platform', 'signals.ts')).href}';
  interruption().addEventListener('abort', () => console.log(interruption().reason.code, interruption().reason.exitCode));
  setInterval(() => {}, 1000);
  console.log('up');`;

describe('interruption', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const)('aborts on %s, and a second one ends the process with %i', async (signal, exitCode) => {
    const args = ['--import', 'tsx', '--input-type=module', '-e', code];
    const child = startProcess({ name: 'interrupted', command: process.execPath, args, cwd: projectRoot });
    const saying = (text: string) => until(text, () => child.tail().includes(text), { timeoutMs: 10_000, everyMs: 10 });
    try {
      await saying('up');
      process.kill(child.pid, signal);
      await saying(`INTERRUPTED ${exitCode}`);
      expect(child.running()).toBe(true);
      process.kill(child.pid, signal);
      expect(await child.exited).toEqual({ code: exitCode, signal: null });
    } finally {
      await child.stop({ signal: 'SIGKILL' });
    }
  });
});
