import type { GradedArm } from '../domain/scorecard.ts';
import { formatNumber } from './format.ts';
import { type Html, html } from './html.ts';

const width = 360;
const rowHeight = 18;
const labelWidth = 110;
const valueWidth = 110;
const names = { flawed: 'as handed out', reference: 'reference', candidate: 'candidate' } as const;

/**
 * A bar chart for every figure that has a bound above nothing: each arm's figure, and the bound as a line. The scale is logarithmic where the figures lie more than ten times
 * apart. Undefined when there is no such figure.
 */
export function figureBars(arms: readonly GradedArm[]): Html | undefined {
  const figures = new Map<
    string,
    { label: string; unit: string; bound: number; values: (readonly [GradedArm['arm'], number])[] }
  >();
  for (const { arm, results } of arms)
    for (const { check, figures: measured } of results)
      for (const { label, unit, bound, value } of measured) {
        if (bound === undefined || bound <= 0 || !Number.isFinite(value) || value < 0) continue;
        const key = `${check}: ${label}`;
        const figure = figures.get(key) ?? { label: key, unit, bound, values: [] };
        figure.values.push([arm, value]);
        figures.set(key, figure);
      }
  const charts = [...figures.values()].map(chart);
  return charts.length === 0 ? undefined : html`<div class="charts">${charts}</div>`;
}

function chart({
  label,
  unit,
  bound,
  values,
}: {
  label: string;
  unit: string;
  bound: number;
  values: readonly (readonly [GradedArm['arm'], number])[];
}): Html {
  const all = [...values.map(([, value]) => value), bound];
  const most = Math.max(...all);
  const least = Math.min(...all.filter((value) => value > 0));
  const isWide = most / least > 10;
  const x = (value: number) => {
    if (value <= 0) return 0;
    return isWide ? width * (0.08 + (0.92 * Math.log(value / least)) / Math.log(most / least)) : (width * value) / most;
  };
  const height = values.length * rowHeight;
  const line = (labelWidth + x(bound)).toFixed(1);
  const bars = values.map(([arm, value], i) => {
    const y = i * rowHeight;
    return html`<text x="0" y="${y + 13}">${names[arm]}</text>
<rect class="${arm}" x="${labelWidth}" y="${y + 3}" width="${Math.max(1, x(value)).toFixed(1)}" height="${rowHeight - 6}"/>
<text x="${(labelWidth + x(value) + 6).toFixed(1)}" y="${y + 13}">${formatNumber(value)} ${unit}</text>`;
  });
  return html`<figure><figcaption>${label}; bound ${formatNumber(bound)} ${unit}${isWide ? ' (logarithmic)' : ''}</figcaption>
<svg viewBox="0 0 ${labelWidth + width + valueWidth} ${height}" role="img" aria-label="${label}">
${bars}
<line class="bound" x1="${line}" x2="${line}" y1="0" y2="${height}"/></svg></figure>`;
}
