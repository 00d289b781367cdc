import { setMaxListeners } from 'node:events';
import { Agent, request } from 'undici';
import { messageOf } from '../domain/errors.ts';
import type { Random } from '../domain/random.ts';
import type { DeliveryBehaviour } from '../domain/sandbox.ts';
import { sleep } from '../platform/clock.ts';
import type { ProviderServer } from './provider-server.ts';
import { webhookSignature } from './webhook-signature.ts';

export interface RetryPolicy {
  /** Wait before the second try, doubled before each further one, milliseconds. */
  readonly firstMs: number;
  /** Longest wait between tries, milliseconds. */
  readonly longestMs: number;
  /** Tries in all before the delivery is abandoned. */
  readonly tries: number;
}

export interface WebhookEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly data: { readonly payment: { readonly id: string; readonly reference: string } };
}

const usualRetry: RetryPolicy = { firstMs: 500, longestMs: 8_000, tries: 12 };
const USUAL_ACK_TIMEOUT_MS = 2_000;

/** Share of a wait by which jitter moves it either way, so that deliveries that failed together don't come back together. */
const JITTER = 0.2;

/** The pause after a failed try, milliseconds. `random` is a draw in [0, 1). */
export function retryDelay(policy: RetryPolicy, failedTries: number, random: number): number {
  const wait = Math.min(policy.longestMs, policy.firstMs * 2 ** (failedTries - 1));
  return wait * (1 - JITTER + 2 * JITTER * random);
}

/** Ends everything that waits in it; that may be thousands of deliveries at once. */
function newLife(): AbortController {
  const life = new AbortController();
  setMaxListeners(0, life.signal);
  return life;
}

/**
 * Delivers events to one URL, at least once each: any 2xx within the acknowledgement timeout counts, anything else is retried with the same
 * event and a fresh signature. Copies of an event travel and retry independently, so deliveries overtake each other.
 */
export function createWebhookSender(options: {
  readonly url: string;
  readonly secret: string;
  readonly random: Random;
  /** Read when an event is announced (copies, spread) and at each try (acknowledgement timeout). */
  readonly delivery: () => DeliveryBehaviour;
  readonly record: ProviderServer['record'];
  readonly retry?: RetryPolicy;
}) {
  const { url, secret, random, delivery, record, retry = usualRetry } = options;
  const agent = new Agent();
  let life = newLife();
  let outstanding = 0;

  /** One try; undefined when acknowledged, else what went wrong. */
  const attempt = async (event: WebhookEvent): Promise<{ reason: string; status?: number } | undefined> => {
    const body = JSON.stringify(event);
    const timeoutMs = delivery().ackTimeoutMs ?? USUAL_ACK_TIMEOUT_MS;
    const impatience = new AbortController();
    const timer = setTimeout(() => impatience.abort(), timeoutMs);
    try {
      const response = await request(url, {
        method: 'POST',
        dispatcher: agent,
        signal: impatience.signal,
        headers: {
          'content-type': 'application/json',
          'payments-signature': webhookSignature(secret, Math.floor(Date.now() / 1000), body),
        },
        body,
      });
      await response.body.dump();
      const status = response.statusCode;
      return status >= 200 && status <= 299 ? undefined : { reason: 'status', status };
    } catch (error) {
      return {
        reason: impatience.signal.aborted ? 'timeout' : ((error as { code?: string }).code ?? messageOf(error)),
      };
    } finally {
      clearTimeout(timer);
    }
  };

  const deliver = async (event: WebhookEvent, copy: number, signal: AbortSignal) => {
    const { id, reference } = event.data.payment;
    for (let tried = 1; tried <= retry.tries; tried++) {
      const failure = await attempt(event);
      // After `forget` the ledger belongs to a new start and must not hear of earlier events.
      if (signal.aborted) return;
      const detail = { order: reference, event: event.id, copy, attempt: tried };
      if (!failure) return record('webhook.delivered', id, detail);
      record('webhook.failed', id, { ...detail, ...failure });
      if (tried < retry.tries) await sleep(retryDelay(retry, tried, random()), signal);
    }
    record('webhook.abandoned', id, { order: reference, event: event.id, copy });
  };

  /** Runs as long as the current life; counted as outstanding meanwhile. */
  const track = (work: (signal: AbortSignal) => Promise<void>) => {
    const { signal } = life;
    outstanding += 1;
    work(signal)
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
      })
      .finally(() => {
        if (!signal.aborted) outstanding -= 1;
      });
  };

  const forget = () => {
    life.abort();
    life = newLife();
    outstanding = 0;
  };

  return {
    /** Creates the event after a delay (milliseconds) and delivers it in as many copies as the delivery behaviour says. */
    announce(afterMs: number, create: () => WebhookEvent): void {
      track(async (signal) => {
        await sleep(afterMs, signal);
        const event = create();
        const { copies = 1, spreadMs = 0 } = delivery();
        for (let copy = 1; copy <= copies; copy++) {
          const delayMs = random() * spreadMs;
          track(async (whileAlive) => {
            await sleep(delayMs, whileAlive);
            await deliver(event, copy, whileAlive);
          });
        }
      });
    },
    /** Events announced but not yet created, and deliveries neither acknowledged nor abandoned. */
    outstanding: () => outstanding,
    /** Drops everything outstanding. */
    forget,
    async close(): Promise<void> {
      forget();
      await agent.destroy();
    },
  };
}
