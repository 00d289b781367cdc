import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { environmentError, usageError } from '../domain/errors.ts';
import { compileRequest } from '../domain/request-template.ts';
import type { ScenarioPlan } from '../domain/scenario.ts';
import { columnsOf } from '../domain/template.ts';
import type { LoadPlan } from '../domain/workload.ts';
import type { BootedSandbox } from './boot.ts';

const concurrency = 16;

/**
 * Sends requests once, unmeasured and without latency on the network: for each entry the named request with rows 1 to `times` of its pools
 * (wrapping around), as a deployment's warm-up script would. Throws `WARM_UP_FAILED` when a request is not answered, for the scenario cannot begin as described then.
 */
export async function warmUp(
  sandbox: Pick<BootedSandbox, 'app' | 'atFullSpeed'>,
  plan: LoadPlan,
  entries: NonNullable<ScenarioPlan['warmUp']>,
): Promise<void> {
  const client = new Pool(sandbox.app.entry.origin, { connections: concurrency });
  try {
    await sandbox.atFullSpeed(() => sendAll(plan, entries, client));
  } finally {
    await client.destroy();
  }
}

async function sendAll(plan: LoadPlan, entries: NonNullable<ScenarioPlan['warmUp']>, client: Pool): Promise<void> {
  for (const { request, times } of entries) {
    const send = sender(plan, request, client);
    let next = 0;
    const lane = async () => {
      while (next < times) await send(next++);
    };
    await Promise.all(Array.from({ length: concurrency }, lane));
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
  const template = compileRequest(spec, columnsOf(plan.pools));
  return async (row) => {
    const rows = Object.fromEntries(
      template.pools.map((pool) => [pool, plan.pools[pool]!.rows[row % plan.pools[pool]!.rows.length]!]),
    );
    const uuid = randomUUID();
    const filled = template.fill({ n: row, rows, uuid: () => uuid });
    const answer = await client.request(filled);
    await answer.body.dump();
    if (answer.statusCode >= 500) {
      throw environmentError(
        'WARM_UP_FAILED',
        `${filled.method} ${filled.path} answered ${answer.statusCode} before the load began.`,
      );
    }
  };
}
