import { usageError } from '../../domain/errors.ts';
import type { PoolRow } from '../../domain/workload.ts';
import { seededUuid } from './random.ts';

/** What the placeholders of one request stand for: its number, the UUID made of seed and number, and one row of each pool it uses. */
export interface Values {
  readonly seed: number;
  readonly n: number;
  readonly rows: Readonly<Record<string, PoolRow>>;
}

export interface Template {
  /** Pools whose rows `fill` needs. */
  readonly pools: readonly string[];
  /** Whether it has no placeholder at all. */
  readonly constant: boolean;
  fill(values: Values): string;
}

type Value = string | number;
interface Part {
  readonly read: (values: Values) => Value;
  readonly write: (value: Value) => string;
}

const PLACEHOLDER = /(")?\{([A-Za-z][\w-]*(?:\.\w+)?)\}(")?/g;

function reader(placeholder: string, columns: ReadonlyMap<string, readonly string[]>): Part['read'] {
  if (placeholder === 'n') return (values) => values.n;
  if (placeholder === 'uuid') return (values) => seededUuid(values.seed, values.n);
  const [pool = '', column = ''] = placeholder.split('.');
  if (!columns.get(pool)?.includes(column)) {
    const known = [...columns].flatMap(([name, names]) => names.map((each) => `{${name}.${each}}`));
    throw usageError(
      'PLACEHOLDER_UNKNOWN',
      `The workload uses {${placeholder}}, which no pool provides.`,
      `Placeholders here: ${['{n}', '{uuid}', ...known].join(', ')}.`,
    );
  }
  return (values) => values.rows[pool]![column]!;
}

// Numbers have nothing to encode, and are most of what stands in paths.
const pathText = (value: Value): string => (typeof value === 'number' ? String(value) : encodeURIComponent(value));
const jsonText = (value: Value): string => JSON.stringify(String(value)).slice(1, -1);

/** How a value is written in each place: percent-encoded in a path, as it is in a header or a text body, escaped in JSON. */
const writers = { path: pathText, text: String, json: jsonText } as const;

/**
 * Compiles a text with placeholders once, so that filling it is string concatenation.
 * In JSON a string that is exactly one placeholder takes the type of its value: `"{account.id}"` becomes `17` when the column is a number.
 *
 * @param text path, header, text body or JSON text
 * @param kind where the text is used, which decides how values are escaped
 * @param columns column names by pool
 * @throws GamedayError PLACEHOLDER_UNKNOWN
 */
export function compileTemplate(
  text: string,
  kind: keyof typeof writers,
  columns: ReadonlyMap<string, readonly string[]>,
): Template {
  const literals: string[] = [];
  const parts: Part[] = [];
  const pools = new Set<string>();
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const [whole, opening = '', placeholder = '', closing = ''] = match;
    const alone = kind === 'json' && opening !== '' && closing !== '';
    literals.push(text.slice(end, match.index) + (alone ? '' : opening));
    parts.push({ read: reader(placeholder, columns), write: alone ? JSON.stringify : writers[kind] });
    if (placeholder.includes('.')) pools.add(placeholder.split('.')[0]!);
    end = match.index + whole.length - (alone ? 0 : closing.length);
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
