import type { PlanSeen } from '../domain/evidence.ts';

const opening = /^(?<prefix>.*?)LOG: {2}duration: (?<ms>[\d.]+) ms {2}plan:\s*$/;
/** What instrumentation appends to a statement of a traced request: https://google.github.io/sqlcommenter/spec/, with a W3C `traceparent`. */
const tracingComment = /\/\*traceparent='[\da-f]{2}-(?<trace>[\da-f]{32})-[^']*'[^*]*\*\/\s*$/;
/** The line of the plan's topmost node: the first that carries estimates. */
const rootNode = /\(cost=\d+\.\d+\.\.\d+\.\d+ rows=\d+ width=\d+\)/;

/** A query of which plans were logged. */
export interface SlowStatement {
  readonly slowest: PlanSeen;
  /** The slowest of those that were part of a trace. */
  readonly traced?: PlanSeen;
  /** How many plans of it were logged. */
  readonly logged: number;
}

/** Plans by their queries, the one with the slowest plan first. */
export function slowStatements(plans: Iterable<PlanSeen>): readonly SlowStatement[] {
  const byQuery = new Map<string, SlowStatement>();
  for (const plan of plans) {
    const { slowest = plan, traced, logged = 0 } = byQuery.get(plan.query) ?? {};
    const tracedNow = plan.traceId === undefined ? traced : slower(traced ?? plan, plan);
    byQuery.set(plan.query, {
      slowest: slower(slowest, plan),
      ...(tracedNow && { traced: tracedNow }),
      logged: logged + 1,
    });
  }
  return [...byQuery.values()].sort((a, b) => b.slowest.durationMs - a.slowest.durationMs);
}

const slower = (a: PlanSeen, b: PlanSeen) => (b.durationMs > a.durationMs ? b : a);

/**
 * Finds the plans that auto_explain wrote (format text) in a piece of server log, where continued lines start with a tab, in that order.
 * @param role when log lines name their user (`user=…` or `…@`), only this role's plans are found
 */
export function* loggedPlans(log: string, role: string): Generator<PlanSeen> {
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
  const text = body
    .slice(0, root)
    .filter((line) => !line.startsWith('Query Parameters: '))
    .join(' ')
    .replace(/^Query Text: /, '');
  const traceId = tracingComment.exec(text)?.groups?.trace;
  const query = text.replace(tracingComment, '').replace(/\s+/g, ' ').trim();
  yield { query, durationMs, plan: body.slice(root).join('\n').trimEnd(), ...(traceId && { traceId }) };
}
