import { type Span, statementOf, type Trace } from './trace.ts';

/** Calls that one span made to do the same thing, folded into one, and what happened below them, folded in the same way. */
export interface FoldedSpan {
  /** In order of their start; more than one when a call was repeated. */
  readonly spans: readonly Span[];
  readonly children: readonly FoldedSpan[];
}

/**
 * A trace as a tree, in order of the starts. Siblings that are the same call (same process, name and statement) are one node, wherever they stand among the
 * others: a hundred look-ups alternate with a hundred waits for a connection. A span whose parent has not arrived counts as a root.
 */
export function foldTrace({ spans }: Pick<Trace, 'spans'>): readonly FoldedSpan[] {
  const present = new Set(spans.map(({ id }) => id));
  const byParent = groupBy(spans, ({ parent }) => (parent !== undefined && present.has(parent) ? parent : ''));
  const fold = (siblings: readonly Span[]): readonly FoldedSpan[] => {
    const inOrder = [...siblings].sort((a, b) => a.startMs - b.startMs);
    return [...groupBy(inOrder, sameness).values()].map((same) => ({
      spans: same,
      children: fold(same.flatMap(({ id }) => byParent.get(id) ?? [])),
    }));
  };
  return fold(byParent.get('') ?? []);
}

/** Only calls are repetitions; two attempts of a job are two stories. */
function sameness(span: Span): string {
  if (span.kind !== 'client') return span.id;
  const { 'db.query.text': command, 'url.full': url } = span.attributes;
  return [span.process, span.name, statementOf(span) ?? command ?? url ?? ''].join('\0');
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
