import type { Figure, Outcome } from '../domain/verdict.ts';

/** How an outcome is written everywhere: a sign that does not need colour, and the word. */
export const outcomeSigns: Readonly<Record<Outcome, string>> = { pass: '✔', fail: '✘', inconclusive: '?' };

/** A number with three significant digits at most, thousands grouped: 0.21, 18.4, 1,234. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  const text = value.toLocaleString('en-US', { maximumFractionDigits: digits });
  return text === '-0' ? '0' : text;
}

/** How many times apart two figures are: `4.2x`, `310x`, `∞`. */
export function formatFactor(factor: number): string {
  return Number.isFinite(factor) ? `${formatNumber(factor)}x` : '∞';
}

/** `p95 480 ms (bound 500)`. */
export function formatFigure(figure: Figure): string {
  const bound = figure.bound === undefined ? '' : ` (bound ${formatNumber(figure.bound)})`;
  return `${figure.label} ${formatNumber(figure.value)}${figure.unit === '' ? '' : ` ${figure.unit}`}${bound}`;
}

/** Milliseconds as people say them: `0.4 s`, `12 s`, `3 min 05 s`, `1 h 02 min`. */
export function formatDuration(ms: number): string {
  if (ms < 9_950) return `${(Math.max(ms, 0) / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const two = (n: number) => String(n).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
}

/** What a hint costs, behind what it is: ` (5 points)`; nothing where it is free, or where nobody is told. */
export function formatCost(points: number): string {
  return points === 0 ? '' : ` (${points} points)`;
}

/** `14:03:09` in UTC, out of an RFC 3339 time. */
export function clockTime(at: string): string {
  return new Date(at).toISOString().slice(11, 19);
}
