import { describe, expect, it } from 'vitest';
import type { Curve, CurvePoint } from '../../../harness/domain/curve.ts';
import { curveChart } from '../../../harness/reports/curve-chart.ts';

const point = (size: CurvePoint['size'], arm: CurvePoint['arm'], value: number): CurvePoint => ({
  ...{ size, arm, check: 'work-per-list', claim: 'the work of a list stays bounded' },
  measured: { label: 'pages per request', unit: 'pages', value, bound: 300 },
});
const curve: Curve = {
  scenario: 'slow-list',
  variant: 'accounts',
  measuredOn: '2026-11-25',
  machine: '2 cores (AMD EPYC), Node 20.20.2',
  points: [
    point('small', 'flawed', 45),
    point('small', 'solution', 40),
    point('default', 'flawed', 2_690),
    point('default', 'solution', 47),
    point('large', 'flawed', 26_000),
    point('large', 'solution', 50),
  ],
};

describe('the chart of a curve', () => {
  it('draws both versions at every size, to scale, and marks what is beyond the bound', () => {
    expect(curveChart(curve, 80)).toMatchInlineSnapshot(`
      "work-per-list: the work of a list stays bounded (bound 300 pages)
        small      17,000 orders  flawed    45 pages
                                  solution  40 pages
        default   510,000 orders  flawed    ██▋ 2,690 pages ✘
                                  solution  47 pages
        large   5,100,000 orders  flawed    ██████████████████████████ 26,000 pages ✘
                                  solution  50 pages"
    `);
  });

  it('has a chart per check', () => {
    const second = curve.points.map((each) => ({ ...each, check: 'list-p95' }));
    const charts = curveChart({ ...curve, points: [...curve.points, ...second] }, 80).split('\n\n');
    expect(charts.map((chart) => chart.split(':')[0])).toEqual(['work-per-list', 'list-p95']);
  });

  it('stays in its width', () => {
    for (const width of [70, 100, 200])
      expect(
        Math.max(
          ...curveChart(curve, width)
            .split('\n')
            .slice(1)
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(width);
  });

  it('says why there is no figure where the app got too slow for one', () => {
    const beyond = { ...point('large', 'flawed', 0), measured: { beyond: 'only 17 requests were answered' } };
    const chart = curveChart({ ...curve, points: [...curve.points.slice(0, 4), beyond] }, 80);
    expect(chart.split('\n').at(-1)).toBe('  large   5,100,000 orders  flawed    ✘ only 17 requests were answered');
  });

  it('draws nothing for nothing', () => {
    const none = { ...curve, points: curve.points.map(({ size, arm }) => point(size, arm, 0)) };
    expect(curveChart(none, 80)).not.toContain('█');
  });
});
