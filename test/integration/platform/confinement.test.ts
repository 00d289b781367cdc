import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxed, whyNotBoxed } from '../../../harness/platform/box.ts';
import { confinement, whyNotConfined } from '../../../harness/platform/confinement.ts';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { startProcess } from '../../../harness/platform/processes.ts';

const whyNot = whyNotConfined() ?? whyNotBoxed();

let outer: string;
let directory: string;

beforeAll(() => {
  outer = temporaryDirectory('confined');
  directory = join(outer, 'program');
  mkdirSync(directory);
});
afterAll(() => removeTemporaryDirectory(outer));

const command = (code: string) => {
  const file = join(directory, 'program.mjs');
  writeFileSync(file, code);
  return { command: process.execPath, args: [file] };
};

/** What confined code prints as JSON. */
async function confined(code: string): Promise<unknown> {
  const { command: program, args } = confinement().confine(command(code), directory);
  return JSON.parse((await execa(program, args)).stdout);
}

/** For code that is to tell what became of each attempt: its result, or the code of its error. */
const trying = (attempts: Readonly<Record<string, string>>) => `
import fs from 'node:fs';
const told = {};
const attempts = { ${Object.entries(attempts)
  .map(([name, code]) => `${JSON.stringify(name)}: () => ${code}`)
  .join(', ')} };
for (const [name, attempt] of Object.entries(attempts)) {
  try { told[name] = attempt(); } catch (error) { told[name] = error.code; }
}
console.log(JSON.stringify(told));
`;

/** One that has ended and that nobody has asked for yet is a zombie. */
function stateOf(pid: number): string {
  try {
    return /^State:\t(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
  } catch {
    return 'gone';
  }
}

describe.skipIf(whyNot !== undefined)('a confined program', () => {
  it('reads its own directory and nothing of ours, and writes nowhere', async () => {
    const told = await confined(
      trying({
        own: `fs.readdirSync(${JSON.stringify(directory)})`,
        project: `fs.readdirSync(${JSON.stringify(projectRoot)})`,
        scenario: `fs.readFileSync(${JSON.stringify(join(projectRoot, 'scenarios/README.md'))}, 'utf8')`,
        sibling: `fs.readdirSync(${JSON.stringify(outer)})`,
        temporary: "fs.writeFileSync('/tmp/x', 'x')",
        shared: "fs.writeFileSync('/dev/shm/x', 'x')",
        itself: `fs.writeFileSync(${JSON.stringify(join(directory, 'x'))}, 'x')`,
        passwords: "fs.readFileSync('/etc/shadow', 'utf8')",
      }),
    );
    expect(told).toEqual({
      own: ['program.mjs'],
      project: expect.stringMatching(/EACCES|ENOENT/),
      scenario: expect.stringMatching(/EACCES|ENOENT/),
      sibling: ['program'],
      temporary: 'EACCES',
      shared: 'EACCES',
      itself: 'EROFS',
      passwords: 'EACCES',
    });
  });

  it('is another user, sees no process but its own, and can end none', async () => {
    const told = await confined(
      trying({
        user: 'process.getuid()',
        ended: `process.kill(${process.pid}, 'SIGKILL')`,
        seen: "fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length",
        root: 'process.setuid(0)',
      }),
    );
    expect(told).toMatchObject({ ended: 'EPERM', seen: 1, root: 'EPERM' });
    expect((told as { user: number }).user).not.toBe(process.getuid?.());
  });

  it('is the process that was started, and hears signals and messages', async () => {
    const lines: string[] = [];
    const program = command(`
      process.on('message', (message) => console.log('heard ' + message.word));
      process.on('SIGTERM', () => { console.log('ended'); process.exit(0); });
      console.log('pid ' + process.pid);
      process.send({ ready: true });`);
    const running = startProcess({
      name: 'confined',
      ...confinement().confine(program, directory),
      ipc: true,
      onLine: (line) => lines.push(line),
    });
    await expect.poll(() => lines[0]).toBe(`pid ${running.pid}`);
    running.send({ word: 'hello' });
    await expect.poll(() => lines).toContain('heard hello');
    await running.stop();
    expect(lines.at(-1)).toBe('ended');
  });

  it('leaves nothing running', async () => {
    const code = `
      import { spawn } from 'node:child_process';
      const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
      child.unref();
      console.log(child.pid);`;
    const pid = (await confined(code)) as number;
    expect(process.kill(pid, 0)).toBe(true);
    confinement().endAll();
    await expect.poll(() => stateOf(pid)).toMatch(/^(?:gone|Z)/);
  });
});

describe.skipIf(whyNot !== undefined)('a box', () => {
  const inBox = async (code: string) => {
    const { command: program, args } = boxed(command(code));
    return execa(program, args, { reject: false });
  };

  it('has a loopback of its own, and no other network', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const { stdout } = await inBox(`
      import net from 'node:net';
      import os from 'node:os';
      const reach = (port) => new Promise((resolve) => net.connect(port, '127.0.0.1').on('connect', () => resolve('there')).on('error', (error) => resolve(error.code)));
      const own = net.createServer().listen(0, '127.0.0.1', async () => {
        console.log(JSON.stringify([Object.keys(os.networkInterfaces()), await reach(own.address().port), await reach(${port})]));
        process.exit(0);
      });`);
    server.close();
    expect(JSON.parse(stdout)).toEqual([['lo'], 'there', 'ECONNREFUSED']);
  });

  it('ends with what was started in it, and passes the exit code on', async () => {
    const { stdout, exitCode } = await inBox(`
      import { spawn } from 'node:child_process';
      spawn('sleep', ['613'], { detached: true, stdio: 'ignore' }).unref();
      console.log(process.pid);
      process.exit(7);`);
    expect(Number(stdout)).toBeLessThan(20);
    expect(exitCode).toBe(7);
    const { stdout: running } = await execa('ps', ['-eo', 'args=']);
    expect(running).not.toContain('sleep 613');
  });
});
