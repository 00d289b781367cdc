const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** The last `width` values as bars between zero and their greatest. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = values.slice(-width);
  const top = Math.max(...shown, Number.MIN_VALUE);
  return shown
    .map((value) => bars[Math.min(Math.floor((Math.max(value, 0) / top) * bars.length), bars.length - 1)])
    .join('');
}
