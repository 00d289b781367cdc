import { execFileSync, spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { examineOtherPrograms } from '../../../harness/cli/machine/examine-other-programs.ts';
import { machineMeter } from '../../../harness/meters/machine.ts';
import { watchMachine } from '../../../harness/meters/machine-watch.ts';
import { readProcesses } from '../../../harness/meters/processor-times.ts';
import { until } from '../../../harness/platform/clock.ts';
import { sandboxWith } from './sandbox.ts';

/** A process that there can't be: to a watch of its tree, everything is foreign. */
const nobody = 2 ** 22 + 1;

/** Keeps a processor busy; ends by itself should the test not get to end it. */
const busy = `const end = Date.now() + 20_000; while (Date.now() < end);`;

let started: number[] = [];

afterEach(() => {
  for (const pid of started) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
  started = [];
});

/** A busy process whose parent ended at once, in a session of its own: nothing of it leads to us. */
function busyStranger(): number {
  const script = `setsid "${process.execPath}" -e '${busy}' >/dev/null 2>&1 & echo $!`;
  const pid = Number(execFileSync('sh', ['-c', script], { encoding: 'utf8' }));
  started.push(pid);
  return pid;
}

/** A busy process that is a child of a helper of ours. */
async function busyGrandchild(): Promise<number> {
  const helper = spawn('sh', ['-c', `"${process.execPath}" -e '${busy}' & wait`], { stdio: 'ignore' });
  started.push(helper.pid!);
  const child = () => readProcesses().find(({ parent }) => parent === helper.pid);
  const { pid } = await until('a grandchild', async () => child(), { timeoutMs: 5_000, everyMs: 20 });
  started.push(pid);
  return pid;
}

const usedBy = (pid: number) => readProcesses().find((one) => one.pid === pid)?.own ?? 0;

/** Waits until the process has used so many seconds, however long it takes to get them on this machine. */
async function hasUsed(pid: number, seconds: number): Promise<number> {
  const from = usedBy(pid);
  const enough = async () => usedBy(pid) - from >= seconds || undefined;
  await until(`${pid} to use ${seconds} s`, enough, { timeoutMs: 20_000, everyMs: 50 });
  return usedBy(pid) - from;
}

describe.runIf(process.platform === 'linux')('what of the machine is used', () => {
  test('by a program outside our tree is foreign', async () => {
    const stranger = busyStranger();
    const gone = async () => readProcesses().some(({ pid, parent }) => pid === stranger && parent !== process.pid);
    await until('it to be a stranger', async () => (await gone()) || undefined, { timeoutMs: 5_000, everyMs: 20 });
    const watch = watchMachine();
    const used = await hasUsed(stranger, 1);
    const { foreignSeconds, oursSeconds, idleSeconds, capacitySeconds } = watch.cut();
    expect(foreignSeconds / used).toBeGreaterThan(0.6);
    expect(oursSeconds / used).toBeLessThan(0.6);
    expect((foreignSeconds + oursSeconds + idleSeconds) / capacitySeconds).toBeLessThan(1.2);
  });

  test('by another program is what doctor warns of', async () => {
    await hasUsed(busyStranger(), 0.1);
    expect(await examineOtherPrograms()).toMatchObject({
      state: 'poor',
      found: expect.stringMatching(/^\d+\.\d of \d+ cores taken$/),
      fix: expect.any(String),
    });
  });

  test('by a descendant of any degree is ours, also once it was killed', async () => {
    const grandchild = await busyGrandchild();
    const [watch, stranger] = [watchMachine(), watchMachine(nobody)];
    const used = await hasUsed(grandchild, 1);
    watch.look();
    process.kill(grandchild, 'SIGKILL');
    await until('its end', async () => usedBy(grandchild) === 0 || undefined, { timeoutMs: 5_000, everyMs: 20 });
    const [ours, toStrangers] = [watch.cut(), stranger.cut()];
    expect(ours.oursSeconds / used).toBeGreaterThan(0.9);
    expect(ours.oursSeconds / used).toBeLessThan(2);
    expect((toStrangers.foreignSeconds - ours.foreignSeconds) / used).toBeGreaterThan(0.6);
    expect(toStrangers.oursSeconds).toBe(0);
  });
});

test('without knowing the processes of the services there is no reading', async () => {
  await expect(machineMeter.start(sandboxWith({}))).rejects.toThrow(/PostgreSQL is not a process of ours/);
});
