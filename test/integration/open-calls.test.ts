import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ThirdParty } from '../../harness/domain/sandbox.ts';
import { startFulfilmentPartner } from '../../harness/third-parties/fulfilment.ts';

let partner: ThirdParty;
beforeAll(async () => {
  partner = await startFulfilmentPartner();
});
afterAll(() => partner.close());

const ask = (paymentReference: string, signal?: AbortSignal) =>
  fetch(`${partner.url}/v1/shipments`, {
    method: 'POST',
    body: JSON.stringify({ orderReference: 'order_7', paymentReference }),
    ...(signal && { signal }),
  });
const calls = () => partner.ledger().filter(({ kind }) => kind === 'call');
const recorded = (count: number) => expect.poll(() => calls().length).toBe(count);

it('records calls as they end: answered, given up by the caller, dropped by the partner', async () => {
  await ask('pay_1');
  await recorded(1);
  expect(calls()[0]).toMatchObject({ reference: 'pay_1', detail: { atOnce: 1, answered: true } });

  partner.behave({ hang: true });
  const impatience = new AbortController();
  const received = partner.received();
  const waiting = [ask('pay_2', impatience.signal), ask('pay_3')].map((asked) => asked.catch(() => {}));
  await expect.poll(() => partner.received()).toBe(received + 2);
  // The bodies may still be on their way.
  await new Promise((resolve) => setTimeout(resolve, 100));
  impatience.abort();
  await recorded(2);
  expect(calls()[1]).toMatchObject({ reference: 'pay_2', detail: { answered: false } });
  partner.behave({});
  await Promise.all(waiting);
  await recorded(3);
  expect(calls()[2]).toMatchObject({ reference: 'pay_3', detail: { answered: false } });
  expect(calls().map(({ detail }) => detail?.atOnce)).toContain(2);
  expect(Number(calls()[2]?.detail?.openMs)).toBeGreaterThanOrEqual(90);
});

it('does not record in a new ledger what was asked before it', async () => {
  partner.behave({ hang: true });
  const received = partner.received();
  const waiting = ask('pay_4').catch(() => {});
  await expect.poll(() => partner.received()).toBe(received + 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  partner.reset();
  await waiting;
  await ask('pay_5');
  await recorded(1);
  expect(calls()[0]).toMatchObject({ reference: 'pay_5', detail: { atOnce: 1 } });
});
