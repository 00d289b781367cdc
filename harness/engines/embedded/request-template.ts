import type { RequestSpec } from '../../domain/workload.ts';
import { compileTemplate, type Template, type Values } from './template.ts';

/** One request with every placeholder filled. */
export interface PreparedRequest {
  /** Its place in the plan's list of requests. */
  readonly index: number;
  readonly method: RequestSpec['method'];
  readonly path: string;
  /** Names and values, alternating. */
  readonly headers: string[];
  readonly body: string | undefined;
}

export interface RequestTemplate {
  /** Pools whose rows `fill` needs. */
  readonly pools: readonly string[];
  fill(values: Values): PreparedRequest;
}

const hasJsonBody = ({ body }: RequestSpec) => body !== undefined && typeof body !== 'string';

function headersOf(spec: RequestSpec): [string, string][] {
  const own = Object.entries(spec.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.entries({
    'user-agent': 'tradepost-web/1',
    accept: 'application/json',
    ...(hasJsonBody(spec) ? { 'content-type': 'application/json' } : {}),
    ...Object.fromEntries(own),
  });
}

/** Compiles path, headers and body of a request. A body that is a string is sent as it is, anything else as JSON. */
export function compileRequest(
  spec: RequestSpec,
  index: number,
  columns: ReadonlyMap<string, readonly string[]>,
): RequestTemplate {
  const path = compileTemplate(spec.path, 'path', columns);
  const headers: [string, Template][] = headersOf(spec).map(([name, text]) => [
    name,
    compileTemplate(text, 'text', columns),
  ]);
  const body =
    spec.body === undefined
      ? undefined
      : hasJsonBody(spec)
        ? compileTemplate(JSON.stringify(spec.body), 'json', columns)
        : compileTemplate(spec.body as string, 'text', columns);

  const fillHeaders = (values: Values) => headers.flatMap(([name, template]) => [name, template.fill(values)]);
  // Most requests have no placeholder in a header; those share one array.
  const shared = headers.every(([, template]) => template.constant)
    ? fillHeaders({ seed: 0, n: 0, rows: {} })
    : undefined;
  const templates = [path, ...headers.map(([, template]) => template), ...(body ? [body] : [])];
  return {
    pools: [...new Set(templates.flatMap((template) => template.pools))],
    fill: (values) => ({
      index,
      method: spec.method,
      path: path.fill(values),
      headers: shared ?? fillHeaders(values),
      body: body?.fill(values),
    }),
  };
}
