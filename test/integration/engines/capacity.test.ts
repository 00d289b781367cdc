import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measureCapacity } from '../../../harness/engines/capacity.ts';
import { readPlan } from '../../support/read-plan.ts';
import { startTargetServer, type TargetServer } from '../../support/target-server.ts';

describe('measureCapacity', () => {
  let server: TargetServer;
  beforeEach(async () => {
    server = await startTargetServer();
  });
  afterEach(() => server.close());

  it('finds what a server with one worker gives, at exactly the concurrency asked for, with numbers apart from those of a load', async () => {
    let busy = Promise.resolve();
    server.answer((_, response) => {
      busy = busy.then(() => new Promise((resolve) => setTimeout(resolve, 10)));
      busy.then(() => response.end('{}'));
    });
    const from = performance.now();
    const capacity = await measureCapacity(readPlan, server.url, {
      concurrency: 6,
      warmUpSeconds: 0.5,
      answers: 1_000,
      seconds: 1,
    });
    const answeredPerSecond = (server.seen.length * 1000) / (performance.now() - from);
    expect(server.mostAtOnce()).toBe(6);
    // At most one per 10 ms; no less than over the whole time, of which a part was starting up.
    expect(capacity).toBeLessThan(105);
    expect(capacity).toBeGreaterThan(answeredPerSecond * 0.8);
    expect(server.seen[0]!.url).toBe('/?n=1000000000');
  });

  it('measures a server that is warm', async () => {
    server.answer((_, response) => {
      setTimeout(() => response.end('{}'), server.seen.length <= 20 ? 100 : 1);
    });
    const extent = { concurrency: 2, warmUpSeconds: 2, answers: 1_000, seconds: 1 };
    expect(await measureCapacity(readPlan, server.url, extent)).toBeGreaterThan(100);
  });

  it('measures no longer than it takes to know', async () => {
    const from = performance.now();
    expect(
      await measureCapacity(readPlan, server.url, { concurrency: 2, warmUpSeconds: 0.5, answers: 10, seconds: 600 }),
    ).toBeGreaterThan(20);
    expect(performance.now() - from).toBeLessThan(60_000);
  });

  it('does not count unexpected answers', async () => {
    server.answer((_, response) => void response.writeHead(500).end());
    await expect(
      measureCapacity(readPlan, server.url, { concurrency: 2, warmUpSeconds: 0.5, answers: 10, seconds: 0.5 }),
    ).rejects.toMatchObject({
      code: 'CAPACITY_UNKNOWN',
      message: expect.stringContaining('x 500'),
    });
  });
});
