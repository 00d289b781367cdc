import { GamedayError, usageError } from './errors.ts';
import { compileTemplate, type PoolColumns, type Template, type Values } from './template.ts';
import type { RequestSpec } from './workload.ts';

/** One request with every placeholder filled. */
export interface FilledRequest {
  readonly method: RequestSpec['method'];
  readonly path: string;
  /** Names and values, alternating; names in lower case. */
  readonly headers: string[];
  readonly body: string | undefined;
}

/** A request of a workload, compiled. */
export interface RequestTemplate {
  /** Pools of which `fill` needs a row, once each. */
  readonly pools: readonly string[];
  fill(values: Values): FilledRequest;
}

/** What is sent; a request's name, weight and expectations are the load's business. */
type Asked = Pick<RequestSpec, 'method' | 'path' | 'headers' | 'body'>;

/**
 * Compiles path (values percent-encoded), headers (values on one line) and body. A body that is a string is sent as it is, anything else as
 * JSON. Every request says who asks and that JSON is wanted, and one with a JSON body its content type, unless it sets these headers itself.
 *
 * @throws usageError `PLACEHOLDER_UNKNOWN` naming the placeholder and the request
 */
export function compileRequest(asked: Asked & { readonly name: string }, columns: PoolColumns): RequestTemplate {
  try {
    return compile(asked, columns);
  } catch (error) {
    if (!(error instanceof GamedayError)) throw error;
    throw usageError(error.code, `request '${asked.name}': ${error.message}`, error.hint);
  }
}

function compile(asked: Asked, columns: PoolColumns): RequestTemplate {
  const { method } = asked;
  const path = compileTemplate(asked.path, 'path', columns);
  const headers = headersOf(asked).map(([name, text]) => [name, compileTemplate(text, 'header', columns)] as const);
  const body = compileBody(asked.body, columns);
  const templates = [path, ...headers.map(([, template]) => template), ...(body ? [body] : [])];

  const fillHeaders = (values: Values) => headers.flatMap(([name, template]) => [name, template.fill(values)]);
  // Most requests have no placeholder in a header; those share one array.
  const shared = headers.every(([, { constant }]) => constant)
    ? fillHeaders({ n: 0, rows: {}, uuid: () => '' })
    : undefined;
  return {
    pools: [...new Set(templates.flatMap(({ pools }) => pools))],
    fill: (values) => ({
      method,
      path: path.fill(values),
      headers: shared ?? fillHeaders(values),
      body: body?.fill(values),
    }),
  };
}

function compileBody(body: unknown, columns: PoolColumns): Template | undefined {
  if (body === undefined) return undefined;
  return typeof body === 'string'
    ? compileTemplate(body, 'text', columns)
    : compileTemplate(JSON.stringify(body), 'json', columns);
}

function headersOf({ body, headers = {} }: Asked): readonly (readonly [name: string, text: string])[] {
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.entries({
    'user-agent': 'tradepost-web/1',
    accept: 'application/json',
    ...(body !== undefined && typeof body !== 'string' && { 'content-type': 'application/json' }),
    ...Object.fromEntries(own),
  });
}
