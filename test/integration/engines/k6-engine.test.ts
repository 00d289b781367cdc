import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddedEngine } from '../../../harness/engines/embedded/embedded-engine.ts';
import { k6Engine } from '../../../harness/engines/k6/k6-engine.ts';
import { isRunning } from '../../../harness/platform/processes.ts';
import { noK6 } from '../../support/k6.ts';
import { readPlan } from '../../support/read-plan.ts';
import { startTargetServer, type TargetServer } from '../../support/target-server.ts';

const plan = { ...readPlan, maxInFlight: 50 };

let server: TargetServer;
beforeEach(async () => {
  server = await startTargetServer();
});
afterEach(() => server.close());

it('leaves a script of k6 to k6', async () => {
  expect(await embeddedEngine.declines({ ...plan, script: '/somewhere/load.js' })).toContain('--engine k6');
});

const children = () =>
  execFileSync('pgrep', ['-P', String(process.pid), '-x', 'k6'], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);

describe.skipIf(noK6 !== undefined)(`real k6${noK6 ? `: ${noK6}` : ''}`, () => {
  it('says so when k6 ends by itself, and still stops', async () => {
    const running = await (await k6Engine.prepare(plan, server.url)).start(20);
    const reading = (async () => {
      for await (const _ of running.samples);
    })();
    const [pid] = children();
    process.kill(pid!, 'SIGKILL');
    await expect(reading).rejects.toMatchObject({
      code: 'LOAD_ENGINE_DIED',
      message: expect.stringContaining('SIGKILL'),
    });
    await running.stop();
    expect(isRunning(pid!)).toBe(false);
  });
});
