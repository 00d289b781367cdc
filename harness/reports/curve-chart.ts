import { companyCounts } from '../domain/company.ts';
import { type Curve, type CurvePoint, pointsByCheck } from '../domain/curve.ts';
import { formatNumber } from './format.ts';
import { oneLine } from './plain-text.ts';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of so many characters, to the eighth. */
function bar(length: number): string {
  const whole = Math.floor(length);
  return '█'.repeat(whole) + eighths[Math.floor((length - whole) * 8)]!;
}

/**
 * A curve as bars, to scale: per check the app as handed out and the solution, from the smallest data to the largest. What is beyond the bound is marked.
 * @param width characters there are for a line
 * @param beyond paints what is beyond the bound
 */
export function curveChart(curve: Curve, width: number, beyond: (text: string) => string = (text) => text): string {
  return pointsByCheck(curve)
    .map((points) => chart(points, width, beyond))
    .join('\n\n');
}

function chart(points: readonly CurvePoint[], width: number, beyond: (text: string) => string): string {
  const { check, claim } = points[0]!;
  const figures = points.flatMap(({ measured }) => ('value' in measured ? [measured] : []));
  const most = Math.max(...figures.map(({ value }) => value), Number.MIN_VALUE);
  const longest = Math.max(0, ...figures.map(({ value, unit }) => withUnit(value, unit).length));
  const heads = points.map((point, i) => head(point, points[i - 1]));
  const room = Math.max(10, width - heads[0]!.length - longest - 4);
  const lines = points.map(({ measured }, i) => {
    if ('beyond' in measured) return `${heads[i]}${beyond('✘')} ${oneLine(measured.beyond, room + longest)}`;
    const { value, unit, bound } = measured;
    const drawn = bar((value / most) * room);
    const figure = `${drawn === '' ? '' : ' '}${withUnit(value, unit)}`;
    return `${heads[i]}${value > bound ? `${beyond(drawn)}${figure} ✘` : `${drawn}${figure}`}`;
  });
  const [first] = figures;
  const bound = first === undefined ? '' : ` (bound ${withUnit(first.bound, first.unit)})`;
  return [`${check}: ${claim}${bound}`, ...lines].join('\n');
}

/** The size stands before the first of its points only. */
function head({ size, arm }: CurvePoint, before: CurvePoint | undefined): string {
  const data = `${size.padEnd(8)}${formatNumber(companyCounts[size].orders).padStart(9)} orders`;
  return `  ${before?.size === size ? ' '.repeat(data.length) : data}  ${arm.padEnd(8)}  `;
}

const withUnit = (value: number, unit: string) => `${formatNumber(value)}${unit === '' ? '' : ` ${unit}`}`;
