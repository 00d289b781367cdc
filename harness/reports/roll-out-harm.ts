import { availabilityObjective, type DeployHarm, type Harm, type RollOutHarm } from '../domain/harm.ts';
import type { JournalEvent, LiveSample } from '../domain/journal.ts';
import { beforeSubmission, eventsOf } from './run-summary.ts';

/** How long processes that were replaced may go on, and what they do to callers belongs to the deploy, milliseconds. */
const afterDeployMs = 5_000;

/**
 * Measures from the journal what was done to callers while the app was repaired: from the first deploy to the submission, or to the end when there is none.
 * Undefined without a deploy.
 */
export function rollOutHarm(events: readonly JournalEvent[]): RollOutHarm | undefined {
  const live = beforeSubmission(events);
  const started = eventsOf(live, 'deploy.started');
  const first = started[0];
  if (first === undefined) return undefined;
  const between = (from: number, to: number) =>
    harmOf(live.filter(({ at }) => Date.parse(at) > from && Date.parse(at) <= to));
  const incident = eventsOf(live, 'phase.started').find(({ phase }) => phase === 'incident');
  const deploys = started.map(({ deploy, at }, index): DeployHarm => {
    const end = live.find(
      (event) => (event.type === 'deploy.finished' || event.type === 'deploy.failed') && event.deploy === deploy,
    );
    const next = timeOf(started[index + 1]);
    const over = timeOf(end) + afterDeployMs;
    return {
      deploy,
      outcome: end === undefined ? 'unfinished' : end.type === 'deploy.finished' ? 'live' : 'refused',
      ...between(Date.parse(at), Math.min(next, over)),
    };
  });
  const [begin, repair] = [timeOf(incident), timeOf(first)];
  return { before: between(begin, repair), deploys, total: between(repair, Number.POSITIVE_INFINITY) };
}

/** What has not happened lies in the future. */
function timeOf(event: JournalEvent | undefined): number {
  return event === undefined ? Number.POSITIVE_INFINITY : Date.parse(event.at);
}

/** What callers came to harm in the samples among these events. */
export function harmOf(events: readonly JournalEvent[]): Harm {
  const samples = eventsOf(events, 'live.sampled').map(({ sample }) => sample);
  const counts = samples.map(countsOf);
  const requests = sum(counts.map((count) => count.requests));
  const failed = sum(counts.map((count) => count.failed));
  const failedShare = requests === 0 ? 0 : failed / requests;
  const heldUp = samples.flatMap((sample) => sample.heldUp ?? []).filter(({ atOnce }) => atOnce > 0);
  return {
    seconds: samples.length,
    requests,
    failed,
    failedShare,
    budgetBurn: failedShare / (1 - availabilityObjective),
    heldUp: {
      seconds: heldUp.length,
      atOnce: most(heldUp.map(({ atOnce }) => atOnce)),
      longestMs: most(heldUp.map(({ longestMs }) => longestMs)),
    },
    jobsFailed: growth(samples.flatMap(({ queue }) => queue?.failed ?? [])),
    worstP95Ms: most(samples.flatMap((sample) => Object.values(sample.requests).map(({ p95 }) => p95))),
  };
}

/** A sample is a second: its rates are counts. A request that was dropped was due and got no answer. */
function countsOf({ requests, dropped }: LiveSample): { readonly requests: number; readonly failed: number } {
  const seen = Object.values(requests);
  return {
    requests: Math.round(sum(seen.map(({ rate }) => rate)) + dropped),
    failed: sum(seen.map(({ errors }) => errors)) + dropped,
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const most = (values: readonly number[]) => Math.max(0, ...values);

/** By how much a count grew, leaving aside what was taken from it meanwhile. */
function growth(counts: readonly number[]): number {
  return sum(counts.slice(1).map((count, index) => Math.max(0, count - counts[index]!)));
}
