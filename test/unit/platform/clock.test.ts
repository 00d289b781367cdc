import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { atTheLatest, sleep, until } from '../../../harness/platform/clock.ts';

describe('sleep', () => {
  it('rejects with the reason of the signal, before and during', async () => {
    await expect(sleep(60_000, AbortSignal.abort('early'))).rejects.toBe('early');
    const controller = new AbortController();
    const sleeping = sleep(60_000, controller.signal);
    controller.abort('late');
    await expect(sleeping).rejects.toBe('late');
  });
});

describe('until', () => {
  const patience = { timeoutMs: 10_000, everyMs: 1 };

  it('resolves to the first answer, and takes an error, undefined and false for "not yet"', async () => {
    const answers = [() => undefined, () => false as const, () => Promise.reject(new Error('no')), () => 0];
    expect(await until('zero', async () => answers.shift()?.(), patience)).toBe(0);
    expect(answers).toEqual([]);
  });

  it('gives up naming what it waited for and the last error', async () => {
    const failing = until('the door', () => Promise.reject(new Error('locked')), { timeoutMs: 20, everyMs: 1 });
    await expect(failing).rejects.toMatchObject({
      code: 'TIMED_OUT',
      message: expect.stringMatching(/the door.*locked/),
    });
  });

  it('gives up on a probe that never answers', async () => {
    const hanging = until('silence', () => new Promise<undefined>(() => {}), { timeoutMs: 20, everyMs: 1 });
    await expect(hanging).rejects.toMatchObject({ code: 'TIMED_OUT' });
  });

  it('rejects with the reason of the signal', async () => {
    const signal = AbortSignal.abort('enough');
    await expect(until('it', () => undefined, { ...patience, signal })).rejects.toBe('enough');
  });

  it('asks no more once it has given up', async () => {
    let asked = 0;
    const counting = () => {
      asked += 1;
      return undefined;
    };
    await until('it', counting, { timeoutMs: 20, everyMs: 1 }).catch(() => {});
    const then = asked;
    await sleep(20);
    expect(asked).toBe(then);
  });
});

describe('atTheLatest', () => {
  it('aborts with the signal that it was given, and for the same reason', async () => {
    const given = new AbortController();
    const limited = atTheLatest(60_000, given.signal);
    given.abort(new Error('enough'));
    expect(limited.reason).toMatchObject({ message: 'enough' });
  });

  it('aborts when time is up, whatever the garbage collector has done meanwhile', async () => {
    const given = new AbortController();
    const over = new Promise((resolve) => {
      const limited = atTheLatest(80, AbortSignal.any([given.signal]));
      limited.addEventListener('abort', () => resolve((limited.reason as Error).name), { once: true });
    });
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    for (let round = 0; round < 4; round++) {
      await sleep(10);
      collect();
    }
    expect(await Promise.race([over, sleep(5_000).then(() => 'never')])).toBe('TimeoutError');
  });
});
