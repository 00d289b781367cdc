import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Results } from '../../../harness/bench/results.ts';
import { renderResults } from '../../../harness/bench/results-page.ts';
import { resultsTable } from '../../../harness/bench/results-table.ts';

const golden = (name: string) => fileURLToPath(new URL(`../../golden/expected/${name}`, import.meta.url));

const results: Results = {
  at: '2026-11-23T10:15:42.123Z',
  machine: {
    cpu: 'Example CPU @ 2.4 GHz',
    cores: 2,
    memoryGiB: 24,
    platform: 'linux-x64',
    loadBefore: 0.12,
    commit: '5223649+',
    versions: { Node: '20.19.0', PostgreSQL: '18.4', haproxy: 'missing', k6: '1.8.1', Toxiproxy: '2.5.0' },
  },
  benches: [
    {
      name: 'throughput',
      about: 'requests per CPU second',
      measurements: [
        {
          figure: 'requests per CPU second',
          target: '≥ 60,000',
          measured: 70_048.6,
          unit: '',
          ok: true,
          spread: 'median of 5, 66,141 to 76,118',
        },
        {
          figure: 'requests per CPU second',
          target: '≥ 3 × k6',
          measured: 70_048.6,
          unit: '',
          ok: true,
          spread: 'median of 5, 66,141 to 76,118',
          comparison: { to: 'k6', measured: 12_517.2, ratio: 5.92, spread: 'median of 5, 4.82 to 6.71' },
        },
      ],
    },
    {
      name: 'proxy',
      about: 'round-trip time that a link adds',
      measurements: [
        {
          figure: 'added at p50',
          target: '≤ 25 µs',
          measured: 31.44,
          unit: 'µs',
          ok: false,
          spread: 'median of 7, 30 to 32.1',
          note: '12 µs without | a proxy',
        },
        {
          figure: 'added at p50',
          target: '≤ 1.25 × haproxy',
          measured: 31.44,
          unit: 'µs',
          ok: false,
          inconclusive: 'haproxy is not there to compare with (haproxy on PATH): apt-get install haproxy',
        },
      ],
    },
    {
      name: 'reset',
      about: 'milliseconds to a fresh database',
      measurements: [{ figure: 'reset', target: '≤ 1000 ms', measured: 312, unit: 'ms', ok: true }],
    },
  ],
};

it('writes the page of a run of benches', async () => {
  await expect(renderResults(results)).toMatchFileSnapshot(golden('bench-results.md'));
});

it('draws the results for a terminal', async () => {
  await expect(`${resultsTable(results)}\n`).toMatchFileSnapshot(golden('bench-results.txt'));
});
