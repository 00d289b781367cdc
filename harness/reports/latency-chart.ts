import type { Evidence, LoadMoment } from '../domain/evidence.ts';
import { formatNumber } from './format.ts';
import { type Html, html } from './html.ts';
import type { MeasuredArm } from './measured-arms.ts';

type Series = { readonly arm: MeasuredArm[0]; readonly points: readonly Point[] };

interface Point {
  /** Seconds from the beginning of the steady state. */
  readonly second: number;
  readonly p95?: number;
  readonly failed: number;
}

const frame = { left: 70, top: 6, width: 402, height: 130, below: 22, right: 8 };
/** Gridlines, milliseconds; the axis ends at one of them. */
const decades = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000] as const;

/**
 * How slow each request was second by second, each version a line, on a logarithmic axis; where requests failed there is a dot, at the top when nobody was answered. Undefined without such figures.
 * @param arms what was measured of each version
 */
export function latencyCharts(arms: readonly MeasuredArm[]): Html | undefined {
  const names = [
    ...new Set(arms.flatMap(([, evidence]) => momentsOf(evidence).flatMap(({ requests }) => Object.keys(requests)))),
  ];
  const charts = names.flatMap((name) => {
    const series = arms
      .map(([arm, evidence]): Series => ({ arm, points: pointsOf(evidence, name) }))
      .filter(({ points }) => points.some(({ p95, failed }) => p95 !== undefined || failed > 0));
    return series.length === 0 ? [] : [chart(name, series, incidentAt(arms))];
  });
  return charts.length === 0 ? undefined : html`<div class="charts">${charts}</div>`;
}

function momentsOf({ phases: { steady, incident } }: Evidence): readonly LoadMoment[] {
  return [steady, incident].flatMap(({ load }) => (load.ok ? (load.value.moments ?? []) : []));
}

function pointsOf(evidence: Evidence, name: string): readonly Point[] {
  return momentsOf(evidence).flatMap(({ from, to, requests }) => {
    const figures = requests[name];
    if (figures === undefined) return [];
    return [{ second: ((from + to) / 2 - evidence.phases.steady.from) / 1_000, ...figures }];
  });
}

/** When the incident begins, seconds after the steady state; all versions are played by the same plan. */
function incidentAt(arms: readonly MeasuredArm[]): number {
  const [first] = arms;
  return first === undefined ? 0 : (first[1].phases.incident.from - first[1].phases.steady.from) / 1_000;
}

function chart(name: string, series: readonly Series[], incident: number): Html {
  const points = series.flatMap((one) => one.points);
  const last = Math.max(1, ...points.map(({ second }) => second));
  const most = Math.max(...points.map(({ p95 = 0 }) => p95));
  const top = decades.find((decade) => decade >= most) ?? decades.at(-1)!;
  const x = (second: number) => frame.left + (frame.width * second) / last;
  const y = (ms: number) => frame.top + frame.height * (1 - Math.log(Math.max(1, ms)) / Math.log(Math.max(10, top)));
  const grid = decades
    .filter((decade) => decade <= Math.max(10, top))
    .map(
      (
        decade,
      ) => html`<line class="grid" x1="${frame.left}" x2="${frame.left + frame.width}" y1="${at(y(decade))}" y2="${at(y(decade))}"/>
<text x="${frame.left - 6}" y="${at(y(decade) + 4)}" text-anchor="end">${formatNumber(decade)} ms</text>`,
    );
  const lines = series.map(
    ({
      arm,
      points,
    }) => html`<polyline class="${arm}" points="${points.flatMap(({ second, p95 }) => (p95 === undefined ? [] : [`${at(x(second))},${at(y(p95))}`])).join(' ')}"/>
${points.filter(({ failed }) => failed > 0).map(({ second, p95 = top }) => html`<circle class="${arm}" cx="${at(x(second))}" cy="${at(y(p95))}" r="3"/>`)}`,
  );
  const bottom = frame.top + frame.height;
  return html`<figure><figcaption>p95 of ${name}, second by second</figcaption>
<svg viewBox="0 0 ${frame.left + frame.width + frame.right} ${bottom + frame.below}" role="img" aria-label="p95 of ${name}">
${grid}
<line class="bound" x1="${at(x(incident))}" x2="${at(x(incident))}" y1="${frame.top}" y2="${bottom}"/>
<text x="${at(x(incident) + 4)}" y="${bottom + 16}">incident</text>
<text x="${frame.left + frame.width}" y="${bottom + 16}" text-anchor="end">${formatNumber(last)} s</text>
${lines}</svg></figure>`;
}

const at = (position: number) => position.toFixed(1);
