import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ThirdParty } from '../../harness/domain/sandbox.ts';

interface Subject {
  readonly party: string;
  start(): Promise<ThirdParty>;
  /** The request that makes this party do something, and what it then records. */
  readonly post: { readonly path: string; readonly body: Readonly<Record<string, unknown>> };
  readonly kind: string;
  readonly status: number;
}

/** What holds for every third party, whatever its business. */
export function thirdPartyContract({ party: name, start, post, kind, status }: Subject): void {
  describe(`third party ${name}`, () => {
    let party: ThirdParty;
    beforeAll(async () => {
      party = await start();
    });
    afterEach(() => party.reset());
    afterAll(() => party.close());

    const send = (
      options: { key?: string; body?: unknown; path?: string; method?: string; signal?: AbortSignal } = {},
    ) =>
      fetch(party.url + (options.path ?? post.path), {
        method: options.method ?? 'POST',
        headers: { 'content-type': 'application/json', ...(options.key && { 'idempotency-key': options.key }) },
        ...(options.method !== 'GET' && {
          body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body ?? post.body),
        }),
        ...(options.signal && { signal: options.signal }),
      });
    const effects = () => party.ledger().filter((entry) => entry.kind === kind);

    it('does what it is asked once per request without a key', async () => {
      const answers = await Promise.all([send(), send()]);
      expect(answers.map((answer) => answer.status)).toEqual([status, status]);
      expect(effects()).toHaveLength(2);
    });

    it('answers a replayed key with the first answer, without a second effect', async () => {
      const first = await (await send({ key: 'k1' })).json();
      const again = await send({ key: 'k1' });
      expect(again.status).toBe(status);
      expect(await again.json()).toEqual(first);
      expect(effects()).toHaveLength(1);
      const replay = party.ledger().find((entry) => entry.kind === 'replay');
      expect(replay?.reference).toBe(effects()[0]?.reference);
    });

    it('lets a concurrent replay wait for the first answer', async () => {
      party.behave({ latencyMs: 200 });
      const order: string[] = [];
      const sendAs = async (who: string) => {
        const answer = await send({ key: 'k2' });
        order.push(who);
        return answer.json();
      };
      const first = sendAs('first');
      while (effects().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      party.behave({});
      const second = sendAs('second');
      expect(await second).toEqual(await first);
      expect(order).toEqual(['first', 'second']);
      expect(effects()).toHaveLength(1);
    });

    it('refuses a key that comes back with another request', async () => {
      await send({ key: 'k3' });
      expect((await send({ key: 'k3', body: { ...post.body, extra: 1 } })).status).toBe(422);
      expect(effects()).toHaveLength(1);
    });

    it('has done its part before a late answer goes out', async () => {
      party.behave({ latencyMs: 60_000 });
      const impatient = AbortSignal.timeout(300);
      await expect(send({ signal: impatient })).rejects.toThrow();
      expect(effects()).toHaveLength(1);
    });

    it('fails the asked share of requests, without an effect, and does not remember the failure', async () => {
      party.behave({ failing: 0.5, status: 500 });
      const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await send()).status));
      const failed = statuses.filter((answered) => answered === 500).length;
      expect(failed).toBeGreaterThan(10);
      expect(failed).toBeLessThan(50);
      expect(effects()).toHaveLength(60 - failed);

      party.behave({ failing: 1 });
      expect((await send({ key: 'k4' })).status).toBe(503);
      party.behave({});
      expect((await send({ key: 'k4' })).status).toBe(status);
    });

    it('hangs without an effect, and drops who was waiting when that ends', async () => {
      const before = party.received();
      party.behave({ hang: true });
      const waiting = send().then(
        () => 'answered',
        () => 'dropped',
      );
      while (party.received() === before) await new Promise((resolve) => setTimeout(resolve, 5));
      const patience = new Promise((resolve) => setTimeout(resolve, 100, 'still waiting'));
      expect(await Promise.race([waiting, patience])).toBe('still waiting');
      party.behave({});
      expect(await waiting).toBe('dropped');
      expect(effects()).toHaveLength(0);
      expect((await send()).status).toBe(status);
    });

    it.each([
      ['not JSON', { body: '{' }, 400],
      ['no field it needs', { body: {} }, 422],
      ['an unknown path', { path: '/v2/nothing' }, 404],
      ['the wrong method', { method: 'GET' }, 405],
    ])('refuses %s as JSON', async (_, request, expected) => {
      const answer = await send(request);
      expect(answer.status).toBe(expected);
      expect(await answer.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
      expect(effects()).toHaveLength(0);
    });

    it('forgets ledger, keys and behaviour on reset, but not how many requests it received', async () => {
      await send({ key: 'k5' });
      party.behave({ failing: 1 });
      const received = party.received();
      party.reset();
      expect(party.ledger()).toEqual([]);
      expect((await send({ key: 'k5' })).status).toBe(status);
      expect(effects()).toHaveLength(1);
      expect(party.received()).toBe(received + 1);
    });
  });

  it(`third party ${name} closes at once, twice, and with a request hanging`, async () => {
    const party = await start();
    party.behave({ hang: true });
    const waiting = fetch(party.url + post.path, { method: 'POST', body: '{}' }).catch(() => 'dropped');
    while (party.received() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await party.close();
    expect(await waiting).toBe('dropped');
    await party.close();
    await expect(fetch(party.url)).rejects.toThrow();
  });
}
