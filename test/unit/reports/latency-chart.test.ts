import { describe, expect, it } from 'vitest';
import type { LoadMoment } from '../../../harness/domain/evidence.ts';
import { latencyCharts } from '../../../harness/reports/latency-chart.ts';
import { incidentWith, load } from '../checks/evidence.ts';

const moment = (second: number, p95?: number, failed = 0): LoadMoment => ({
  ...{ from: second * 1_000, to: second * 1_000 + 1_000 },
  requests: { 'open <order>': p95 === undefined ? { failed } : { p95, failed } },
});

/** Two seconds of steady state from 0, then the incident. */
const evidence = (steady: readonly LoadMoment[], incident: readonly LoadMoment[]) =>
  incidentWith(
    { from: 2_000, to: 4_000, load: load({ moments: incident }) },
    {},
    { from: 0, to: 2_000, load: load({ moments: steady }) },
  );

const markup = (...arms: Parameters<typeof latencyCharts>[0]) => latencyCharts(arms)?.markup ?? '';
const heights = (text: string, arm: string) =>
  (new RegExp(`polyline class="${arm}" points="([^"]*)"`).exec(text)?.[1] ?? '')
    .split(' ')
    .map((point) => Number(point.split(',')[1]));

describe('latency second by second', () => {
  const flawed = evidence([moment(0, 20), moment(1, 20)], [moment(2, 900), moment(3, 5_000, 4)]);
  const candidate = evidence([moment(0, 20), moment(1, 20)], [moment(2, 25), moment(3, 30)]);
  const chart = markup(['flawed', flawed], ['candidate', candidate]);

  it('is a line per version through both phases: what is slower is higher, and what is as slow as high', () => {
    const [slow, quick] = [heights(chart, 'flawed'), heights(chart, 'candidate')];
    expect(slow).toHaveLength(4);
    expect(slow[0]).toBe(quick[0]);
    expect(slow[3]).toBeLessThan(slow[2]!);
    expect(slow[2]).toBeLessThan(quick[2]!);
  });

  it('has a dot where requests failed, and says when the incident began', () => {
    expect(chart.match(/<circle/g)).toHaveLength(1);
    expect(chart).toContain('<circle class="flawed"');
    expect(chart).toContain('>incident</text>');
  });

  it('has a dot at the top, and no point of the line, where nobody was answered', () => {
    const silent = markup([
      'candidate',
      evidence([moment(0, 20), moment(1, 20)], [moment(2), moment(3, undefined, 9)]),
    ]);
    expect(heights(silent, 'candidate')).toHaveLength(2);
    expect(silent).toMatch(/<circle class="candidate" cx="[\d.]+" cy="6\.0"/);
  });

  it('has names as text, whatever is in them', () => {
    expect(chart).toContain('open &lt;order&gt;');
    expect(chart).not.toContain('<order>');
  });

  it('stays within its frame for what is under a millisecond or takes an hour', () => {
    for (const y of heights(markup(['candidate', evidence([moment(0, 0.2)], [moment(2, 3_600_000)])]), 'candidate')) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(140);
    }
  });

  it('is not there without figures', () => {
    expect(latencyCharts([['candidate', incidentWith({})]])).toBeUndefined();
    expect(latencyCharts([['candidate', incidentWith({ load: load({}) })]])).toBeUndefined();
  });
});
