import { usageError } from './errors.ts';
import type { PoolRow, RequestSpec } from './workload.ts';

/** The row drawn from each pool for one request. */
export type DrawnRows = Readonly<Record<string, PoolRow>>;

/** Fills a compiled template: the drawn rows, the run-unique counter and the UUID of this request. */
export type Render = (rows: DrawnRows, n: number, uuid: string) => string;

/** Columns that placeholders may name, by pool. */
export type PoolColumns = Readonly<Record<string, readonly string[]>>;

type Value = string | number;
type Encode = (value: Value) => string;
type Part = string | ((rows: DrawnRows, n: number, uuid: string) => string);

/** JSON's own braces are never mistaken for a placeholder: `{` must be followed by a bare name and `}`. */
const placeholder = /\{([A-Za-z][\w-]*(?:\.\w+)?)\}/g;
/** In JSON text a string that is one whole placeholder is replaced together with its quotes, unless it is a key. */
const jsonPlaceholder = /"\{([A-Za-z][\w-]*(?:\.\w+)?)\}"(?!\s*:)|\{([A-Za-z][\w-]*(?:\.\w+)?)\}/g;

/**
 * Compiles a text with the placeholders `{pool.column}`, `{n}` and `{uuid}` once, so that rendering only joins strings.
 *
 * @param columns the columns of each pool; a placeholder that names another pool or column is refused
 * @param encode applied to every value that is filled in (for example `encodeURIComponent`)
 * @throws usageError `PLACEHOLDER_UNKNOWN` naming the placeholder
 */
export function compileTemplate(text: string, columns: PoolColumns, encode: Encode = String): Render {
  return join(split(text, placeholder, (match) => fill(match[1]!, columns, encode)));
}

/** A request of a workload, ready to be filled. */
export interface CompiledRequest {
  readonly spec: RequestSpec;
  /** Pools of which one row has to be drawn for each request. */
  readonly pools: readonly string[];
  readonly path: Render;
  readonly headers: Readonly<Record<string, Render>>;
  /** Absent when the request has none. */
  readonly body?: Render;
}

/**
 * Compiles path (values URL-encoded), headers (values as they are) and body. A body that is a string is sent as it is; any other is sent as JSON,
 * where a string that is exactly one placeholder becomes the value itself, so numbers stay numbers.
 *
 * @throws usageError `PLACEHOLDER_UNKNOWN` naming the placeholder and the request
 */
export function compileRequest(spec: RequestSpec, columns: PoolColumns): CompiledRequest {
  const headers = Object.entries(spec.headers ?? {});
  const isText = typeof spec.body === 'string';
  const body = spec.body === undefined ? undefined : isText ? String(spec.body) : JSON.stringify(spec.body);
  try {
    return {
      spec,
      pools: poolsIn([spec.path, ...headers.map(([, value]) => value), body ?? '']),
      path: compileTemplate(spec.path, columns, encodeURIComponent),
      headers: Object.fromEntries(headers.map(([name, value]) => [name, compileTemplate(value, columns)])),
      ...(body !== undefined && { body: isText ? compileTemplate(body, columns) : compileJson(body, columns) }),
    };
  } catch (error) {
    throw usageError('PLACEHOLDER_UNKNOWN', `request '${spec.name}': ${(error as Error).message}`, hintOf(columns));
  }
}

/** The columns of a plan's loaded pools, as `compileRequest` wants them. */
export function columnsOf(pools: Readonly<Record<string, { readonly rows: readonly PoolRow[] }>>): PoolColumns {
  return Object.fromEntries(Object.entries(pools).map(([name, pool]) => [name, Object.keys(pool.rows[0] ?? {})]));
}

function compileJson(json: string, columns: PoolColumns): Render {
  const inString: Encode = (value) => JSON.stringify(String(value)).slice(1, -1);
  const parts = split(json, jsonPlaceholder, ([, whole, inside]) =>
    whole === undefined ? fill(inside!, columns, inString) : fill(whole, columns, (value) => JSON.stringify(value)),
  );
  return join(parts);
}

function split(text: string, pattern: RegExp, part: (match: RegExpExecArray) => Part): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push(part(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

function fill(name: string, columns: PoolColumns, encode: Encode): Part {
  if (name === 'n') return (_rows, n) => encode(n);
  if (name === 'uuid') return (_rows, _n, uuid) => encode(uuid);
  const [pool, column] = name.split('.') as [string, string | undefined];
  if (column === undefined || !columns[pool]?.includes(column)) {
    throw usageError('PLACEHOLDER_UNKNOWN', `unknown placeholder {${name}}`, hintOf(columns));
  }
  return (rows) => encode(rows[pool]![column]!);
}

function join(parts: readonly Part[]): Render {
  return (rows, n, uuid) => {
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part(rows, n, uuid);
    return text;
  };
}

function poolsIn(texts: readonly string[]): readonly string[] {
  const names = texts.flatMap((text) => [...text.matchAll(placeholder)].map((match) => match[1]!));
  return [...new Set(names.filter((name) => name.includes('.')).map((name) => name.split('.')[0]!))];
}

function hintOf(columns: PoolColumns): string {
  const known = Object.entries(columns).flatMap(([pool, names]) => names.map((name) => `{${pool}.${name}}`));
  return `known: ${[...known, '{n}', '{uuid}'].join(', ')}`;
}
