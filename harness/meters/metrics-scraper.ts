import { request } from 'undici';
import { messageOf } from '../domain/errors.ts';
import { type MetricSample, parseMetrics } from '../domain/prometheus-text.ts';
import type { AppProcess, Sandbox } from '../domain/sandbox.ts';
import { sampleEvery } from './sampling.ts';
import { sharedSource } from './shared-source.ts';

/** Of what metrics cost the app, being read is the larger part. */
const everyMs = 5_000;
/** Generous: an app whose event loop is busy answers late, and that is when its metrics matter. */
const timeoutMs = 3_000;

/** What one process of the app said about itself at one moment. */
export interface Scrape {
  readonly process: AppProcess;
  readonly samples: readonly MetricSample[];
}

/** A subscription to scrapes. */
interface ScrapeFollower {
  /** Scrapes every process now; resolves when the listeners have heard all that answered. */
  scrapeNow(): Promise<void>;
  /** Why the last scrape that failed did. */
  problem(): string | undefined;
  stop(): Promise<void>;
}

/**
 * Calls back with the metrics of every process of the app, every five seconds. All followers of a sandbox share one scraper, also because reading
 * `/metrics` starts a new window of the event-loop lag, so two scrapers would each see half of it. Processes may come and go; one that does not
 * answer is skipped.
 */
export const followAppMetrics = sharedSource(startScraper);

function startScraper(sandbox: Sandbox, tell: (scrape: Scrape) => void): ScrapeFollower {
  const underWay = new Map<string, Promise<void>>();
  let problem: string | undefined;

  const scrape = (process: AppProcess): Promise<void> => {
    const key = `${process.name}:${process.pid}`;
    const scraping =
      underWay.get(key) ??
      scrapeProcess(process)
        .then((samples) => tell({ process, samples }))
        .catch((error) => {
          problem = `${process.name} did not answer /metrics: ${messageOf(error)}`;
        })
        .finally(() => underWay.delete(key));
    underWay.set(key, scraping);
    return scraping;
  };
  const scrapeNow = async () => {
    await Promise.all(sandbox.app.processes().map(scrape));
  };
  // Not awaited: one slow process must not hold up the others' next scrape.
  const sampling = sampleEvery(everyMs, async () => void scrapeNow());
  return {
    scrapeNow,
    problem: () => problem,
    async stop() {
      await sampling.stop();
      await Promise.all(underWay.values());
    },
  };
}

async function scrapeProcess({ url }: AppProcess): Promise<readonly MetricSample[]> {
  const answer = await request(new URL('/metrics', url), { signal: AbortSignal.timeout(timeoutMs), reset: true });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode}`);
  return parseMetrics(text);
}
