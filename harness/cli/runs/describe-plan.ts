import { plainText } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';

interface PlanNode {
  readonly line: number;
  readonly depth: number;
  /** Milliseconds in all loops, with children. */
  readonly totalMs: number;
}

/** A step that takes this share of the whole time by itself is costly. */
const costlyShare = 0.2;

/** A text plan with its costliest steps emphasised. Without colours it is the plan as PostgreSQL wrote it. */
export function describePlan(plan: string, paint: Paint): string {
  const lines = plainText(plan).trimEnd().split('\n');
  const costly = costlyLines(lines);
  return lines
    .map((line, index) => {
      if (costly.has(index)) return paint('bold', paint('red', line));
      return /Rows Removed by Filter|Disk:|read=\d{4,}|Heap Fetches: [1-9]/.test(line) ? paint('yellow', line) : line;
    })
    .join('\n');
}

/** Indices of the lines whose step took a large share of the time by itself: its own time is its total less that of its children. */
function costlyLines(lines: readonly string[]): ReadonlySet<number> {
  const nodes = lines.flatMap((line, index) => parseNode(line, index));
  const whole = nodes.at(0)?.totalMs ?? 0;
  return new Set(
    nodes
      .filter((node, index) => {
        const children = childrenOf(nodes, index).reduce((sum, child) => sum + child.totalMs, 0);
        return whole > 0 && node.totalMs - children >= costlyShare * whole;
      })
      .map((node) => node.line),
  );
}

function parseNode(line: string, index: number): readonly PlanNode[] {
  const match = /^(\s*(?:->\s+)?)\S.*actual time=[\d.]+\.\.([\d.]+) .*loops=(\d+)/.exec(line);
  return match === null ? [] : [{ line: index, depth: match[1]!.length, totalMs: Number(match[2]) * Number(match[3]) }];
}

function childrenOf(nodes: readonly PlanNode[], index: number): readonly PlanNode[] {
  const below: PlanNode[] = [];
  for (const node of nodes.slice(index + 1)) {
    if (node.depth <= nodes[index]!.depth) break;
    below.push(node);
  }
  const nearest = Math.min(...below.map((node) => node.depth));
  return below.filter((node) => node.depth === nearest);
}
