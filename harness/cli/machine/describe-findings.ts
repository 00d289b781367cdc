import type { Paint } from '../terminal/paint.ts';
import type { Finding } from './finding.ts';

const signs = { ok: ['✔', 'green'], poor: ['!', 'yellow'], missing: ['✘', 'red'], unneeded: ['–', 'dim'] } as const;

/** Findings as lines, each problem with what to do about it. */
export function describeFindings(findings: readonly Finding[], paint: Paint): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.map(({ what, state, found, fix }) => {
    const [sign, style] = signs[state];
    const line = `${paint(style, sign)} ${what.padEnd(width)}  ${found}`;
    return fix === undefined ? line : `${line}\n  ${''.padEnd(width)}  ${paint('dim', 'fix:')} ${fix}`;
  });
  const missing = findings.filter(({ state }) => state === 'missing').length;
  const verdict =
    missing === 0 ? 'Ready: gameday list' : `${missing} ${missing === 1 ? 'thing is' : 'things are'} missing.`;
  return `${lines.join('\n')}\n\n${paint('bold', verdict)}`;
}
