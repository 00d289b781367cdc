import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../../../harness/platform/clock.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { type ManagedProcess, type ProcessSpec, startProcess } from '../../../harness/platform/processes.ts';
import { startTimeOf } from '../../../harness/platform/start-time.mjs';

const started: ManagedProcess[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((child) => child.stop({ signal: 'SIGKILL' })));
});

/** Starts a Node process that runs `code`, and waits for its first line when asked to. */
function startNode(code: string, options: Partial<ProcessSpec> = {}): ManagedProcess {
  const child = startProcess({ name: 'child', command: process.execPath, args: ['-e', code], ...options });
  started.push(child);
  return child;
}

const forever = 'setInterval(() => {}, 1000);';
const patience = { timeoutMs: 10_000, everyMs: 10 };
const saying = (child: ManagedProcess, text: string) => until(text, () => child.tail().includes(text), patience);

describe('a managed process', () => {
  it('reports its lines, its exit code, its tail and its log', async () => {
    const directory = temporaryDirectory('processes-test');
    const lines: string[] = [];
    const child = startNode(
      "console.log('out'); console.error('err'); process.stdout.write('é'); process.exitCode = 7;",
      {
        onLine: (line, stream) => lines.push(`${stream}: ${line}`),
        logFile: join(directory, 'child.log'),
      },
    );
    expect(child.running()).toBe(true);
    expect(await child.exited).toEqual({ code: 7, signal: null });
    expect(child.running()).toBe(false);
    expect(lines.sort()).toEqual(['stderr: err', 'stdout: out', 'stdout: é']);
    expect(child.tail()).toContain('out');
    await until('the log', () => readFileSync(join(directory, 'child.log'), 'utf8').includes('err'), patience);
    removeTemporaryDirectory(directory);
  });

  it('gets the environment given and nothing else of ours but the essentials', async () => {
    process.env.GAMEDAY_LEAK = 'secret';
    const child = startNode('console.log(Object.keys(process.env).sort().join())', { env: { GIVEN: '1' } });
    await child.exited;
    delete process.env.GAMEDAY_LEAK;
    const names = child.tail().trim().split(',');
    expect(names).toEqual(expect.arrayContaining(['GIVEN', 'PATH']));
    expect(['GIVEN', 'PATH', 'HOME', 'TMPDIR', 'LANG']).toEqual(expect.arrayContaining(names));
  });

  it('gets messages while its channel is open', async () => {
    const child = startNode("process.on('message', (m) => { console.log(m.text); process.disconnect(); });", {
      ipc: true,
    });
    expect(child.send({ text: 'hello' })).toBe(true);
    await child.exited;
    expect(child.tail()).toContain('hello');
    expect(child.send({ text: 'again' })).toBe(false);
  });

  it('ends on the signal asked for', async () => {
    const child = startNode(`process.on('SIGINT', () => process.exit(5)); ${forever} console.log('up');`);
    await saying(child, 'up');
    await Promise.all([child.stop({ signal: 'SIGINT' }), child.stop({ signal: 'SIGINT' })]);
    expect(await child.exited).toEqual({ code: 5, signal: null });
  });

  it('is killed when it ignores SIGTERM, and when it is frozen', async () => {
    const stubborn = startNode(`process.on('SIGTERM', () => console.log('no')); ${forever} console.log('up');`);
    const frozen = startNode(`${forever} console.log('up');`);
    await Promise.all([saying(stubborn, 'up'), saying(frozen, 'up')]);
    process.kill(frozen.pid, 'SIGSTOP');
    await Promise.all([stubborn.stop({ graceMs: 100 }), frozen.stop({ graceMs: 100 })]);
    expect(await stubborn.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(stubborn.tail()).toContain('no');
    expect(await frozen.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('takes its descendants with it, whether it is stopped or dies', async () => {
    const parent = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); ${forever} console.log('grandchild ' + process.pid)"], { stdio: 'inherit' });
      ${forever}`;
    for (const end of ['stop', 'crash'] as const) {
      const child = startNode(parent);
      await saying(child, 'grandchild');
      const grandchild = Number(/grandchild (\d+)/.exec(child.tail())?.[1]);
      expect(startTimeOf(grandchild)).toBeDefined();
      if (end === 'stop') await child.stop();
      else process.kill(child.pid, 'SIGKILL');
      await until('the grandchild to be gone', () => startTimeOf(grandchild) === undefined, patience);
    }
  });

  it('says so when it can not be started', () => {
    expect(() => startProcess({ name: 'ghost', command: '/no/such/command', args: [] })).toThrow(
      expect.objectContaining({ code: 'PROCESS_NOT_STARTED', message: expect.stringContaining('ghost') }),
    );
  });
});
