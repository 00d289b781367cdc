import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { environmentError, usageError } from '../domain/errors.ts';
import { columnsOf, compileRequest } from '../domain/template.ts';
import type { LoadPlan } from '../domain/workload.ts';

const concurrency = 16;

/**
 * Sends requests once, unmeasured: for each entry the named request with rows 1 to `times` of its pools (wrapping around), as a deployment's
 * warm-up script would. Throws `WARM_UP_FAILED` when a request is not answered, for the scenario cannot begin as described then.
 */
export async function warmUp(
  plan: LoadPlan,
  entries: readonly { readonly request: string; readonly times: number }[],
  entry: URL,
): Promise<void> {
  const client = new Pool(entry.origin, { connections: concurrency });
  try {
    for (const { request, times } of entries) {
      const send = sender(plan, request, client);
      let next = 0;
      const lane = async () => {
        while (next < times) await send(next++);
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
    }
  } finally {
    await client.destroy();
  }
}

function sender(plan: LoadPlan, name: string, client: Pool): (row: number) => Promise<void> {
  const spec = plan.requests.find((request) => request.name === name);
  if (spec === undefined) {
    throw usageError(
      'REQUEST_UNKNOWN',
      `The warm-up names a request "${name}" that the workload lacks.`,
      `Known: ${plan.requests.map((r) => r.name).join(', ')}`,
    );
  }
  const compiled = compileRequest(spec, columnsOf(plan.pools));
  return async (row) => {
    const rows = Object.fromEntries(
      compiled.pools.map((pool) => [pool, plan.pools[pool]!.rows[row % plan.pools[pool]!.rows.length]!]),
    );
    const fill = (render: (typeof compiled)['path']) => render(rows, row, randomUUID());
    const answer = await client.request({
      method: spec.method,
      path: fill(compiled.path),
      headers: Object.fromEntries(Object.entries(compiled.headers).map(([key, render]) => [key, fill(render)])),
      body: compiled.body === undefined ? undefined : fill(compiled.body),
    });
    await answer.body.dump();
    if (answer.statusCode >= 500) {
      throw environmentError(
        'WARM_UP_FAILED',
        `${spec.method} ${fill(compiled.path)} answered ${answer.statusCode} before the load began.`,
      );
    }
  };
}
