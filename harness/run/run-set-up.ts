import type { Sandbox } from '../domain/sandbox.ts';
import { commitAtOnce } from '../services/company/commit-at-once.ts';
import { withClient } from '../services/company/with-client.ts';

/** Runs set-up statements as superuser on the sandbox's database, in order. */
export async function runSetUp(
  { postgres }: { readonly postgres: Pick<Sandbox['postgres'], 'adminUrl'> },
  statements: readonly string[],
): Promise<void> {
  if (statements.length === 0) return;
  await withClient(postgres.adminUrl, async (client) => {
    for (const statement of [commitAtOnce, ...statements]) await client.query(statement);
  });
}
