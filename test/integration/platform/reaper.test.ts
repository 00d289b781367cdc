import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { constants } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../../../harness/platform/clock.ts';
import { projectRoot, temporaryDirectory } from '../../../harness/platform/files.ts';
import { startReaper } from '../../../harness/platform/reaper.ts';
import { startTimeOf } from '../../../harness/platform/start-time.mjs';

const platform = (file: string) => pathToFileURL(join(projectRoot, 'harness', 'platform', file)).href;
const patience = { timeoutMs: 15_000, everyMs: 20 };
const stubborn =
  "for (const s of ['SIGTERM', 'SIGINT']) process.on(s, () => {}); setInterval(() => {}, 1000); console.log('up');";

/** What a harness does that never gets to clean up: it starts a process that ignores polite requests, and fills a directory. */
const harness = `
  import { writeFileSync } from 'node:fs';
  import { temporaryDirectory } from '${platform('files.ts')}';
  import { startProcess } from '${platform('processes.ts')}';
  import { reaper } from '${platform('reaper.ts')}';
  const directory = temporaryDirectory('reaper-test');
  writeFileSync(directory + '/file', 'left behind');
  const child = startProcess({
    name: 'stubborn', command: process.execPath, args: ['-e', ${JSON.stringify(stubborn)}], cwd: directory,
    onLine: () => console.log(JSON.stringify({ directory, pid: child.pid, reaper: reaper().pid })),
  });`;

interface Belongings {
  readonly directory: string;
  readonly pid: number;
  readonly reaper: number;
}

const spawned: ChildProcess[] = [];
afterEach(() => {
  for (const child of spawned.splice(0)) child.kill('SIGKILL');
});

function start(args: readonly string[], uid?: number): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    uid,
    gid: uid,
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  spawned.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  throw new Error('it ended without a word');
}

async function startHarness(uid?: number): Promise<{ readonly pid: number; readonly owns: Belongings }> {
  const child = start(['--import', 'tsx', '--input-type=module', '-e', harness], uid);
  return { pid: child.pid!, owns: JSON.parse(await firstLine(child)) };
}

async function expectNothingLeft({ directory, pid, reaper }: Belongings): Promise<void> {
  await until('the reaper to finish', () => startTimeOf(reaper) === undefined, patience);
  expect(startTimeOf(pid)).toBeUndefined();
  expect(existsSync(directory)).toBe(false);
}

/**
 * Whether the reaper has installed its handlers, of which SIGHUP is the last; the others Node itself handles from the start.
 * From the mask in proc_pid_status(5): bit n - 1 stands for signal n.
 */
function isUp(reaper: number): boolean {
  const mask = /^SigCgt:\s*(\w+)$/m.exec(readFileSync(`/proc/${reaper}/status`, 'utf8'))?.[1];
  return mask !== undefined && (BigInt(`0x${mask}`) & (1n << BigInt(constants.signals.SIGHUP - 1))) !== 0n;
}

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

describe('the reaper', () => {
  it('leaves nothing behind when the harness is killed', async () => {
    const { pid, owns } = await startHarness();
    expect(startTimeOf(owns.pid)).toBeDefined();
    expect(existsSync(join(owns.directory, 'file'))).toBe(true);
    process.kill(pid, 'SIGKILL');
    await expectNothingLeft(owns);
  });

  it.runIf(isRoot)('does the same for an ordinary user', async () => {
    const { pid, owns } = await startHarness(nobody);
    process.kill(pid, 'SIGKILL');
    await expectNothingLeft(owns);
  });

  it.runIf(process.platform === 'linux')(
    'survives the Ctrl-C that ends the harness, and being told to end itself',
    async () => {
      const { pid, owns } = await startHarness();
      // Until it runs, nothing can protect it.
      await until('the reaper to be up', () => isUp(owns.reaper), patience);
      process.kill(owns.reaper, 'SIGTERM');
      process.kill(owns.reaper, 'SIGINT');
      // As a terminal does: to the whole foreground group.
      process.kill(-pid, 'SIGINT');
      await expectNothingLeft(owns);
    },
  );

  it('touches nothing that was released', async () => {
    const directory = temporaryDirectory('reaper-test');
    const child = start(['-e', stubborn]);
    await firstLine(child);
    const reaper = startReaper();
    reaper.processGroup(child.pid!);
    reaper.directory(directory);
    reaper.release(child.pid!);
    reaper.release(directory);
    await reaper.stop();
    expect(startTimeOf(child.pid!)).toBeDefined();
    expect(existsSync(directory)).toBe(true);
    rmSync(directory, { recursive: true });
  });

  it('has the engine remove containers, also one that it only now makes, and none that was released', async () => {
    const directory = temporaryDirectory('reaper-test');
    const socket = join(directory, 'docker.sock');
    const asked: string[] = [];
    const engine = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(asked.length === 1 ? 404 : 204).end();
    }).listen(socket);
    try {
      await once(engine, 'listening');
      const reaper = startReaper();
      const forget = reaper.container(`unix://${socket}`, 'regularly-ended');
      reaper.container(`unix://${socket}`, 'left-behind');
      forget();
      await reaper.stop();
      const removal = 'DELETE /containers/left-behind?force=true&v=true';
      expect(asked).toEqual([removal, removal]);
    } finally {
      engine.close();
      rmSync(directory, { recursive: true });
    }
  });

  it('kills only the process that was registered, not a later one with its pid', async () => {
    const pids = await Promise.all(
      ['real', 'reused'].map(async () => {
        const child = start(['-e', stubborn]);
        await firstLine(child);
        return child.pid!;
      }),
    );
    const [real, reused] = pids as [number, number];
    const reaper = start([join(projectRoot, 'harness', 'platform', 'reaper-child.mjs')]);
    const order = (pid: number, startTime: string) =>
      reaper.stdin!.write(`${JSON.stringify({ do: 'group', pid, startTime })}\n`);
    order(real, startTimeOf(real)!);
    order(reused, `${startTimeOf(reused)}0`);
    reaper.stdin!.end();
    await until('the reaper to finish', () => reaper.exitCode !== null, patience);
    expect(startTimeOf(real)).toBeUndefined();
    expect(startTimeOf(reused)).toBeDefined();
  });
});
