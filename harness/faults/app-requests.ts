import { request } from 'undici';
import { type MetricSample, parseMetrics } from '../domain/prometheus-text.ts';
import type { FilledRequest } from '../domain/request-template.ts';
import { replicasOf, type Sandbox } from '../domain/sandbox.ts';
import type { RequestSpec } from '../domain/workload.ts';
import { atTheLatest } from '../platform/clock.ts';

/** Longest wait for `/metrics`, milliseconds. */
const METRICS_MS = 2_000;

/**
 * Requests that the app says it has answered, over all replicas since their start (`http_request_duration_seconds_count`).
 * @param route only this route template, for example `/webhooks/payments`; default: all
 * @throws when a replica does not answer `/metrics` within 2 seconds
 */
export function requestsAnswered(sandbox: Sandbox, route?: string): Promise<number> {
  return overReplicas(sandbox, (samples) => answeredIn(samples, route));
}

/**
 * Requests that have reached the app, answered or still waiting there: what it says it has answered plus the sockets it has open, because every
 * waiting request holds one. Only differences mean something. Unlike the answers alone, they grow with the arrivals also when the app is overloaded.
 * @throws as `requestsAnswered`
 */
export function requestsArrived(sandbox: Sandbox): Promise<number> {
  return overReplicas(sandbox, (samples) => answeredIn(samples) + socketsIn(samples));
}

/**
 * One request to the app, or to one of its replicas, and its answer.
 * @param url with the path
 * @throws when the answer is not complete after `timeoutMs` milliseconds, or when `signal` aborts
 */
export async function ask(
  url: string | URL,
  {
    timeoutMs,
    signal,
    ...asked
  }: {
    readonly method?: RequestSpec['method'];
    /** By name, or names and values alternating. */
    readonly headers?: Record<string, string> | string[];
    readonly body?: string | undefined;
    readonly timeoutMs: number;
    readonly signal?: AbortSignal;
  },
): Promise<{ readonly status: number; readonly text: string }> {
  const cut = signal ? atTheLatest(timeoutMs, signal) : AbortSignal.timeout(timeoutMs);
  const answer = await request(url, { ...asked, signal: cut });
  return { status: answer.statusCode, text: await answer.body.text() };
}

/**
 * Begins to count what reaches the app. What it returns says, as a witness, how many requests have since; undefined while there are none.
 * @throws as `requestsAnswered`, now and when asked
 */
export async function watchArrivals(sandbox: Sandbox): Promise<() => Promise<string | undefined>> {
  const before = await requestsArrived(sandbox);
  return async () => {
    const arrived = (await requestsArrived(sandbox)) - before;
    return arrived > 0 ? `${arrived} more requests have reached the app since` : undefined;
  };
}

/** The same for what the app has answered; with `atLeast`, undefined while there are fewer. */
export async function watchAnswers(sandbox: Sandbox): Promise<(atLeast?: number) => Promise<string | undefined>> {
  const before = await requestsAnswered(sandbox);
  return async (atLeast = 1) => {
    const answered = (await requestsAnswered(sandbox)) - before;
    return answered >= atLeast ? `The app says that it has answered ${answered} requests since` : undefined;
  };
}

/** Sends a request to the app, or to one of its replicas; whether it is answered with 2xx. Throws as `ask`. */
export async function succeeds(
  origin: string | URL,
  { path, ...request }: FilledRequest,
  timeoutMs: number,
): Promise<boolean> {
  const { status } = await ask(new URL(path, origin), { ...request, timeoutMs });
  return status >= 200 && status <= 299;
}

async function overReplicas(sandbox: Sandbox, read: (samples: readonly MetricSample[]) => number): Promise<number> {
  const counts = await Promise.all(
    replicasOf(sandbox).map(async ({ url }) => {
      const { text } = await ask(`${url}/metrics`, { timeoutMs: METRICS_MS });
      return read(parseMetrics(text));
    }),
  );
  return sum(counts);
}

function answeredIn(samples: readonly MetricSample[], route?: string): number {
  const counts = samples.filter(
    ({ name, labels }) =>
      name === 'http_request_duration_seconds_count' && (route === undefined || labels.route === route),
  );
  return sum(counts.map(({ value }) => value));
}

/** Open sockets as Node.js counts them itself (`nodejs_active_handles`); 0 where that is not exposed. */
function socketsIn(samples: readonly MetricSample[]): number {
  const sockets = samples.find(({ name, labels }) => name === 'nodejs_active_handles' && labels.type === 'Socket');
  return sockets?.value ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
