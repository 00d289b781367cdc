import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { type CapacityKey, calibratedRate } from '../../../harness/run/calibrate.ts';
import { readPlan } from '../../support/read-plan.ts';
import { startTargetServer, type TargetServer } from '../../support/target-server.ts';

const key: CapacityKey = {
  scenario: 'slow',
  variant: 'default',
  size: 'small',
  app: 'a1',
  traced: false,
  providers: { postgres: 'embedded', redis: 'path' },
};
const rate = { timesFlawedCapacity: 0.25, atLeast: 3, atMost: 8 };

let directory: string;
let server: TargetServer;
beforeEach(async () => {
  directory = temporaryDirectory('test');
  vi.stubEnv('GAMEDAY_CACHE', directory);
  server = await startTargetServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  removeTemporaryDirectory(directory);
});

it('keeps what it measured of the app as handed out, for as long as nothing changes that it depends on', async () => {
  const calibrate = (more: Partial<CapacityKey>, original: boolean) =>
    calibratedRate(rate, { ...key, ...more }, readPlan, server.url, original);
  const asked = async (work: Promise<unknown>) => {
    const before = server.seen.length;
    await work;
    return server.seen.length - before;
  };

  const repaired = await calibrate({}, false);
  expect(repaired.ratePerSecond).toBe(3);
  expect(repaired.why).toContain('not measured');
  expect(server.seen).toHaveLength(0);

  expect(await asked(calibrate({}, true))).toBeGreaterThan(0);
  const kept = await calibrate({}, false);
  expect(kept.ratePerSecond).toBe(8);
  expect(await asked(calibrate({}, true))).toBe(0);

  const inContainers = { providers: { postgres: 'docker', redis: 'docker' } };
  expect((await calibrate(inContainers, false)).why).toContain('not measured');
  expect(await asked(calibrate(inContainers, true))).toBeGreaterThan(0);
}, 60_000);

it('leaves a rate that is fixed as it is, and asks nobody', async () => {
  expect(await calibratedRate({ perSecond: 7 }, key, readPlan, server.url, true)).toMatchObject({ ratePerSecond: 7 });
  expect(server.seen).toHaveLength(0);
});
