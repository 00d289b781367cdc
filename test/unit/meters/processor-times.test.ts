import { expect, test } from 'vitest';
import { machineTimesIn, processTimesIn } from '../../../harness/meters/processor-times.ts';

test('/proc/stat: interrupts are no program’s, waiting for disks is idle, and guests are not counted twice', () => {
  const stat = `cpu  1000 200 300 4000 500 60 70 80 900 100
cpu0 500 100 150 2000 250 30 35 40 450 50
cpu1 500 100 150 2000 250 30 35 40 450 50
intr 12345 0 0
ctxt 99
cpufreq 1
`;
  expect(machineTimesIn(stat)).toEqual({ cores: 2, capacity: 62.1, idle: 45, programs: 15, stolen: 0.8 });
});

test('/proc/stat without figures is no reading', () => {
  expect(machineTimesIn('cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0 0\n')).toBeUndefined();
  expect(machineTimesIn('')).toBeUndefined();
});

test('/proc/<pid>/stat: a name may hold spaces and parentheses', () => {
  const stat =
    '4711 (tmux: (a) b) S 17 4711 4711 0 -1 4194304 98 0 0 0 150 50 25 75 20 0 1 0 70918 3133440 413 18446744073709551615';
  expect(processTimesIn(stat)).toEqual({ pid: 4711, parent: 17, startedAt: 70_918, own: 2, reaped: 1 });
});
