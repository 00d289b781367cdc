/** Says how far the rounds lie apart of which a figure is the median, for example `median of 5, 58.1 to 61.9`. */
export function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => Number(value.toFixed(1)));
  return `median of ${values.length}, ${least} to ${most}`;
}
