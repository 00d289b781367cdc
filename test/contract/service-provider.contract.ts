import { access, readdir } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService, ServiceProvider } from '../../harness/domain/service.ts';
import { openDirectory, remove } from '../support/company-fixture.ts';

export interface ProviderCase<Need, Running extends RunningService> {
  readonly provider: ServiceProvider<Need, Running>;
  need(directory: string): Need;
  /** Asks the running service, through its address, for its version. */
  version(running: Running): Promise<string>;
  /** Whether what runs is ours to end. */
  readonly ours: boolean;
  /** Makes the provider decline, and takes that back. Left out where that can't be done on this machine. */
  readonly spoil?: { readonly apply: () => void; readonly undo: () => void; readonly reason: RegExp };
  /** Called after stop: whatever must be gone besides process, port and files. */
  leftovers?(): Promise<readonly string[]>;
}

/** What every provider of every service promises. */
export function serviceProviderContract<Need, Running extends RunningService>(
  what: string,
  makeCase: () => ProviderCase<Need, Running>,
): void {
  describe(what, () => {
    let directory: string;
    let running: Running;
    let the: ProviderCase<Need, Running>;

    beforeAll(async () => {
      the = makeCase();
      directory = await openDirectory('run');
      expect(await the.provider.declines()).toBeUndefined();
      running = await the.provider.start(the.need(directory));
    });
    afterAll(async () => {
      await running?.stop();
      await remove(directory);
    });

    it('answers at its address with the version it claims', async () => {
      expect(running.version).toMatch(/^\d+\.\d+/);
      expect(await the.version(running)).toBe(running.version);
      expect(running.provider).toBe(the.provider.name);
    });

    it('declines with a reason, and starts nothing, when it can not serve', async (context) => {
      const { spoil } = the;
      if (spoil === undefined) return context.skip();
      spoil.apply();
      try {
        expect(await the.provider.declines()).toMatch(spoil.reason);
      } finally {
        spoil.undo();
      }
    });

    it('leaves no process, port or file but its log after stop, which may be called twice', async () => {
      await running.stop();
      await running.stop();
      if (the.ours) {
        expect(await accepts(running)).toBe(false);
        await expect(access(`/proc/${running.pid}`)).rejects.toThrow();
      }
      expect((await readdir(directory)).filter((name) => !name.endsWith('.log'))).toEqual([]);
      expect((await the.leftovers?.()) ?? []).toEqual([]);
    });
  });
}

function accepts({ host, port }: RunningService): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });
}
