import { until } from '../../harness/platform/clock.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { freePort } from '../../harness/platform/ports.ts';
import { startProcess } from '../../harness/platform/processes.ts';

interface Rule {
  readonly type: 'alerting' | 'recording';
  readonly name: string;
  readonly query: string;
}

/** A real Prometheus with this configuration, on a free port and with a database of its own. */
export async function startPrometheus(binary: string, configFile: string) {
  const directory = temporaryDirectory('prometheus');
  const port = await freePort();
  const server = startProcess({
    name: 'prometheus',
    command: binary,
    args: [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${directory}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
  });
  async function get<T>(path: string): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    const { data, error } = (await answer.json()) as { data: T; error?: string };
    if (error !== undefined) throw new Error(error);
    return data;
  }
  await until(
    'Prometheus to be ready',
    async () => {
      if (!server.running()) throw new Error(server.tail());
      const answer = await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined);
      return answer?.ok;
    },
    { timeoutMs: 20_000, everyMs: 50 },
  );
  return {
    /** The values that an expression has now, or had `at` some time. Throws what Prometheus says of an expression it can't read. */
    async values(expr: string, at?: Date): Promise<readonly number[]> {
      type Answer = { readonly result: readonly { readonly value: readonly [number, string] }[] };
      const query = new URLSearchParams({ query: expr, ...(at && { time: at.toISOString() }) });
      const { result } = await get<Answer>(`/api/v1/query?${query}`);
      return result.map(({ value }) => Number(value[1]));
    },
    async rules(): Promise<readonly Rule[]> {
      const { groups } = await get<{ readonly groups: readonly { readonly rules: readonly Rule[] }[] }>(
        '/api/v1/rules',
      );
      return groups.flatMap(({ rules }) => rules);
    },
    async stop() {
      await server.stop();
      removeTemporaryDirectory(directory);
    },
  };
}
