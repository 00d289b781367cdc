import { usageError } from './errors.ts';
import type { PoolRow } from './workload.ts';

/** What the placeholders of one request stand for. */
export interface Values {
  /** `{n}`. */
  readonly n: number;
  /** One row of each pool that the template names. */
  readonly rows: Readonly<Record<string, PoolRow>>;
  /** `{uuid}` of request `n`; asked only where a template uses it, and always the same for the same `n`. */
  readonly uuid: (n: number) => string;
}

export interface Template {
  /** Pools whose rows `fill` needs. */
  readonly pools: readonly string[];
  /** Whether it has no placeholder at all. */
  readonly constant: boolean;
  fill(values: Values): string;
}

/** Columns that placeholders may name, by pool. */
export type PoolColumns = Readonly<Record<string, readonly string[]>>;

type Value = string | number;
type Write = (value: Value) => string;
interface Part {
  readonly read: (values: Values) => Value;
  readonly write: Write;
}

// Numbers have nothing to encode, and are most of what stands in paths.
const inPath: Write = (value) => (typeof value === 'number' ? String(value) : encodeURIComponent(value));
const inJsonString: Write = (value) => JSON.stringify(String(value)).slice(1, -1);

// A line break would end the header. RFC 9110, section 5.5, lets a space take its place.
const inHeader: Write = (value) => (typeof value === 'number' ? String(value) : value.replaceAll(/[\r\n\0]/g, ' '));

/** How a value is written in each place: percent-encoded in a path, on one line in a header, as it is in a text body, escaped in JSON. */
const writers = { path: inPath, header: inHeader, text: String, json: inJsonString } as const;

/** JSON's own braces are never mistaken for a placeholder: `{` must be followed by a bare name and `}`. */
const placeholder = /\{([A-Za-z][\w-]*(?:\.\w+)?)\}/g;
/**
 * In JSON a string that is one whole placeholder (the first group) is replaced together with its quotes, unless it is a key. An escaped quote
 * opens no string. The groups have no names because k6, which runs this too, does not know those beside a look-behind.
 */
const jsonPlaceholder = new RegExp(`(?<!\\\\)"${placeholder.source}"(?!:)|${placeholder.source}`, 'g');

/**
 * Compiles a text with the placeholders `{pool.column}`, `{n}` and `{uuid}` once, so that filling it only joins strings.
 * In JSON a string that is exactly one placeholder takes the type of its value: `"{account.id}"` becomes `17` when the column is a number.
 *
 * @param text path, header, text body or JSON text (as `JSON.stringify` writes it)
 * @param kind where the text is used, which decides how values are escaped
 * @throws usageError `PLACEHOLDER_UNKNOWN` for a pool or column that `columns` lacks
 */
export function compileTemplate(text: string, kind: keyof typeof writers, columns: PoolColumns): Template {
  const literals: string[] = [];
  const parts: Part[] = [];
  const pools = new Set<string>();
  let end = 0;
  for (const match of text.matchAll(kind === 'json' ? jsonPlaceholder : placeholder)) {
    const name = match[1] ?? match[2]!;
    const alone = kind === 'json' && match[1] !== undefined;
    literals.push(text.slice(end, match.index));
    parts.push({ read: readerOf(name, columns), write: alone ? JSON.stringify : writers[kind] });
    if (name.includes('.')) pools.add(name.split('.')[0]!);
    end = match.index + match[0].length;
  }
  const last = text.slice(end);
  const fill = (values: Values): string => {
    let filled = '';
    for (let index = 0; index < parts.length; index++) {
      filled += literals[index]! + parts[index]!.write(parts[index]!.read(values));
    }
    return filled + last;
  };
  return { pools: [...pools], constant: parts.length === 0, fill };
}

/** The columns of a plan's loaded pools, by their first rows. */
export function columnsOf(pools: Readonly<Record<string, { readonly rows: readonly PoolRow[] }>>): PoolColumns {
  return Object.fromEntries(Object.entries(pools).map(([name, { rows }]) => [name, Object.keys(rows[0] ?? {})]));
}

function readerOf(name: string, columns: PoolColumns): Part['read'] {
  if (name === 'n') return ({ n }) => n;
  if (name === 'uuid') return ({ n, uuid }) => uuid(n);
  const known = Object.entries(columns).flatMap(([pool, names]) => names.map((column) => `${pool}.${column}`));
  if (!known.includes(name)) {
    const all = ['n', 'uuid', ...known].map((each) => `{${each}}`);
    throw usageError('PLACEHOLDER_UNKNOWN', `unknown placeholder {${name}}`, `known: ${all.join(', ')}`);
  }
  const [pool, column] = name.split('.') as [string, string];
  return ({ rows }) => rows[pool]![column]!;
}
