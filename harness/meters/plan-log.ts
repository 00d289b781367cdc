import type { PlanSeen } from '../domain/evidence.ts';

const opening = /^(?<prefix>.*?)LOG: {2}duration: (?<ms>[\d.]+) ms {2}plan:\s*$/;
/** The line of the plan's topmost node: the first that carries estimates. */
const rootNode = /\(cost=\d+\.\d+\.\.\d+\.\d+ rows=\d+ width=\d+\)/;

/**
 * Finds the plans that auto_explain wrote (format text) in a piece of server log, where continued lines start with a tab. Keeps the slowest plan
 * of each distinct query, slowest first.
 * @param keep how many queries to keep at most
 * @param role when log lines name their user (`user=…` or `…@`), only this role's plans are kept
 */
export function plansIn(log: string, keep: number, role: string): readonly PlanSeen[] {
  const slowest = new Map<string, PlanSeen>();
  for (const plan of entriesIn(log, role)) {
    const known = slowest.get(plan.query);
    if (known === undefined || known.durationMs < plan.durationMs) slowest.set(plan.query, plan);
  }
  return [...slowest.values()].sort((a, b) => b.durationMs - a.durationMs).slice(0, keep);
}

function* entriesIn(log: string, role: string): Generator<PlanSeen> {
  const lines = log.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const match = opening.exec(lines[index]!);
    if (match === null) continue;
    const body: string[] = [];
    while (lines[index + 1]?.startsWith('\t')) body.push(lines[++index]!.slice(1));
    const { prefix = '', ms } = match.groups!;
    if (isOf(prefix, role)) yield* planIn(body, Number(ms));
  }
}

function isOf(prefix: string, role: string): boolean {
  const user = /user=([^,\s]*)|([\w-]+)@/.exec(prefix);
  return user === null || (user[1] ?? user[2]) === role;
}

function* planIn(body: readonly string[], durationMs: number): Generator<PlanSeen> {
  const root = body.findIndex((line) => rootNode.test(line));
  if (root < 0) return;
  const query = body
    .slice(0, root)
    .filter((line) => !line.startsWith('Query Parameters: '))
    .join(' ')
    .replace(/^Query Text: /, '')
    .replace(/\s+/g, ' ')
    .trim();
  yield { query, durationMs, plan: body.slice(root).join('\n').trimEnd() };
}
