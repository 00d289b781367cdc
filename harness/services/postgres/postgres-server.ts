import { join } from 'node:path';
import pg from 'pg';
import { environmentError, messageOf } from '../../domain/errors.ts';
import { sleep } from '../../platform/clock.ts';
import { freePort } from '../../platform/ports.ts';
import { startProcess } from '../../platform/processes.ts';
import type { PostgresInstallation } from './installation.ts';
import type { SystemUser } from './unprivileged.ts';

/** A `postgres` process that answers. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves with the reason when the server ends without having been asked to. */
  readonly lost: Promise<string>;
  /** Fast shutdown (sessions are cut, data is written), for at most 8 s, then it is killed. */
  stop(): Promise<void>;
}

interface ServerOptions {
  readonly installation: PostgresInstallation;
  readonly user: SystemUser | undefined;
  readonly dataDirectory: string;
  /** Connects to the database `template1`, which is always there; how the server is asked whether it is ready. */
  readonly admin: { readonly user: string; readonly password: string };
  readonly logFile?: string;
}

const host = '127.0.0.1';
const startTimeoutMs = 30_000;
const shutdownMs = 8_000;
const portAttempts = 3;

/**
 * Starts a server on an existing data directory, on a free port of 127.0.0.1, and resolves when it answers a query.
 * Throws `POSTGRES_NOT_STARTED` with the server's last words.
 */
export async function startPostgresServer(options: ServerOptions): Promise<PostgresServer> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = await launch(options, port);
    if (!('failure' in server)) return server;
    // Somebody else can take the port between asking for it and binding it.
    if (attempt < portAttempts && /could not (bind|create any TCP)/.test(server.failure)) continue;
    throw environmentError(
      'POSTGRES_NOT_STARTED',
      `PostgreSQL ${options.installation.version} did not start: ${server.failure.trim().slice(-1_000)}`,
    );
  }
}

async function launch(options: ServerOptions, port: number): Promise<PostgresServer | { readonly failure: string }> {
  const { installation, user, dataDirectory, admin, logFile } = options;
  const server = startProcess({
    name: 'postgres',
    command: join(installation.bin, 'postgres'),
    args: ['-D', dataDirectory, '-p', String(port)],
    // Not a directory that the server's user may not be allowed in.
    cwd: '/',
    ...(user && { uid: user.uid, gid: user.gid }),
    ...(logFile !== undefined && { logFile }),
  });
  let stopping = false;
  const stop = async () => {
    stopping = true;
    await server.stop({ signal: 'SIGINT', graceMs: shutdownMs });
  };
  const deadline = Date.now() + startTimeoutMs;
  for (let last = ''; ; await sleep(10)) {
    if (!server.running()) {
      await server.exited;
      return { failure: server.tail() };
    }
    const problem = await answers({ host, port, database: 'template1', ...admin });
    if (problem === undefined) break;
    last = problem;
    if (Date.now() > deadline) {
      await stop();
      return { failure: `it does not answer within ${startTimeoutMs} ms: ${last}` };
    }
  }
  const lost = new Promise<string>((resolve) => {
    void server.exited.then(({ code, signal }) => {
      if (!stopping) resolve(`ended with ${signal ?? `code ${code}`}: ${server.tail().trim().slice(-500)}`);
    });
  });
  return { host, port, pid: server.pid, lost, stop };
}

async function answers(connection: pg.ClientConfig): Promise<string | undefined> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return messageOf(error);
  } finally {
    await client.end().catch(() => {});
  }
}
