import { formatNumber } from '../reports/format.ts';

/** Says how far the rounds lie apart of which a figure is the median, for example `median of 5, 58.1 to 61.9`. */
export function spread(values: readonly number[]): string {
  return `median of ${values.length}, ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`;
}
