/** What happened in k6, at these epoch milliseconds. Arrivals have the numbers of their requests. */
export type K6Event =
  | {
      readonly type: 'arrived' | 'exhausted';
      readonly at: number;
      readonly number: number;
      /** Which request it is, where the number does not tell. */
      readonly name?: string;
    }
  | { readonly type: 'dropped'; readonly at: number }
  | {
      readonly type: 'answered';
      readonly at: number;
      readonly number: number;
      readonly latencyMs: number;
      readonly ending: string;
    };

/** One line of k6's JSON output (`--out json`). */
export interface Point {
  readonly metric: string;
  readonly data: {
    readonly time: string;
    readonly value: number;
    readonly tags?: Readonly<Record<string, string>>;
    readonly metadata?: { readonly n?: string };
  };
}

/** Most lines are metrics that nobody here reads; they are told by their beginning, which costs nothing. */
const read = /^\{"metric":"(?:gameday_(?:arrived|exhausted|answered)|dropped_iterations)","type":"Point"/;

/** What a line of the workload's script says; undefined for most. */
export function readK6Line(line: string): K6Event | undefined {
  if (!read.test(line)) return undefined;
  const { metric, data } = JSON.parse(line) as Point;
  const at = Date.parse(data.time);
  if (metric === 'dropped_iterations') return { type: 'dropped', at };
  const number = Number(data.metadata?.n);
  if (metric === 'gameday_answered')
    return { type: 'answered', at, number, latencyMs: data.value, ending: data.tags?.ending ?? 'unknown' };
  return { type: metric === 'gameday_arrived' ? 'arrived' : 'exhausted', at, number };
}
