import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault, Injection } from '../../harness/domain/fault.ts';
import type { Sandbox } from '../../harness/domain/sandbox.ts';
import { until } from '../../harness/platform/clock.ts';
import { createFaultWorld, type FaultWorld, type Services } from '../support/fault-world.ts';

export interface FaultCase {
  readonly fault: Fault;
  /** Whether its witness sees a state, which ends with the undo, or something that has happened. */
  readonly sees: 'state' | 'event';
  /** What has to be there before the injection. */
  prepare?(world: FaultWorld): Promise<void> | void;
  /** What happens meanwhile, for witnesses that need life. */
  live?(world: FaultWorld): Promise<void> | void;
  /** The sandbox with the very thing that this fault works through out of order; a witness must not be fooled. */
  disable?(sandbox: Sandbox): Sandbox;
  /** What must be so after the undo. */
  restored?(world: FaultWorld): Promise<void> | void;
}

/** What holds for every fault: receipt, independent witness, and an undo that works, twice, and when its target is gone. */
export function faultContract(services: () => Services, subject: FaultCase): void {
  const { fault } = subject;
  describe(`fault ${fault.name}`, () => {
    let world: FaultWorld;
    beforeAll(async () => {
      world = await createFaultWorld(services());
      await subject.prepare?.(world);
    });
    afterAll(() => world?.close());

    const inject = async (sandbox = world.sandbox): Promise<Injection> => {
      const injected = await fault.inject(sandbox, new AbortController().signal);
      await subject.live?.(world);
      return injected;
    };
    const witnessed = (injected: Injection) =>
      until(`${fault.name} to be witnessed`, () => injected.witness(), { timeoutMs: 6_000, everyMs: 50 });

    it('says in one line what it does', () => {
      expect(fault.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(fault.summary).toMatch(/^[A-Z0-9][^\n]+\.$/);
    });

    const { disable } = subject;
    if (disable) {
      it('is not witnessed when it had no effect', async () => {
        const injected = await inject(disable(world.sandbox));
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(await injected.witness()).toBeUndefined();
        await injected.undo();
      });
    }

    it('leaves a receipt, is witnessed, and is taken back', async () => {
      const injected = await inject();
      expect(injected.receipt).not.toBe('');
      expect(await witnessed(injected)).toEqual(expect.any(String));
      await injected.undo();
      await injected.undo();
      if (subject.sees === 'state') expect(await injected.witness()).toBeUndefined();
      await subject.restored?.(world);
    });

    // The last, because it leaves nothing to work with.
    it('is taken back without complaint when its target is gone', async () => {
      const injected = await inject();
      await world.vanish();
      await injected.undo();
      expect(await injected.witness().catch((error: unknown) => error)).toBeUndefined();
    });
  });
}
