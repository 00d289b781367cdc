import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AppFleet } from '../../harness/domain/sandbox.ts';

/** One request as a replica sees it; the answer is a status. */
export type Respond = (request: {
  readonly replica: string;
  readonly method: string;
  readonly path: string;
  readonly token: string;
}) => number | Promise<number>;

/** What faults need of the app: two replicas that answer and count requests, and processes that can be killed. */
export interface FakeApp extends AppFleet {
  /** Total of all clock shifts, milliseconds. */
  shifted(): number;
  stop(): Promise<void>;
}

/** Starts it. The first replica also stands in for the balancer. */
export async function startFakeApp(respond: Respond): Promise<FakeApp> {
  const replicas = await Promise.all(['api-1', 'api-2'].map((name) => startReplica(name, respond)));
  const children = new Map<string, ChildProcess>();
  // Something with a process id; the HTTP part lives in this process.
  const start = (name: string) => children.set(name, spawn('sleep', ['600'], { stdio: 'ignore' }));
  for (const name of ['api-1', 'api-2', 'worker-1']) start(name);
  let shifted = 0;
  let stopped = false;
  const pidOf = (name: string) => children.get(name)!.pid!;
  const urlOf = (name: string) => (replicas.find((replica) => replica.name === name) ?? replicas[0])!.url;
  return {
    entry: new URL(replicas[0]!.url),
    processes: () =>
      stopped ? [] : [...children.keys()].map((name) => ({ name, pid: pidOf(name), url: urlOf(name) })),
    async crash(name) {
      const child = children.get(name)!;
      const oldPid = child.pid!;
      child.kill('SIGKILL');
      await once(child, 'exit');
      start(name);
      return { oldPid, newPid: pidOf(name) };
    },
    async shiftClocks(ms) {
      shifted += ms;
    },
    shifted: () => shifted,
    async stop() {
      stopped = true;
      for (const child of children.values()) child.kill('SIGKILL');
      for (const { server } of replicas) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

async function startReplica(name: string, respond: Respond): Promise<{ name: string; url: string; server: Server }> {
  const counts = new Map<string, number>();
  const server = createServer(async (request, response) => {
    request.resume();
    const path = request.url ?? '';
    const method = request.method ?? '';
    if (path === '/metrics') {
      const lines = [...counts].map(
        ([route, count]) =>
          `http_request_duration_seconds_count{method="POST",route="${route}",status="200"} ${count}\n`,
      );
      response.end(lines.join(''));
      return;
    }
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const status = path === '/healthz' ? 200 : await respond({ replica: name, method, path, token });
    counts.set(path, (counts.get(path) ?? 0) + 1);
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { name, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
