import { rename, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeOtlp } from './decode-otlp.ts';
import { createTraceStore } from './trace-store.ts';

export interface TraceReceiver {
  /** What an OTLP exporter takes as its endpoint. */
  readonly url: string;
  /** Writes what was received last and ends. Idempotent. */
  close(): Promise<void>;
}

const longestBody = 4 * 1024 * 1024;
const writeEveryMs = 2_000;
/** Of each second of the harness's thread, so that no app, however much it reports, disturbs what is being measured. */
const budgetMs = 100;

/**
 * Takes traces as OTLP/HTTP in JSON on a free port of 127.0.0.1 and keeps the newest and the slowest in `file`, a trace a line, rewritten every
 * two seconds while something arrives. What exceeds its share of time is thrown away.
 */
export async function startTraceReceiver(file: string): Promise<TraceReceiver> {
  const store = createTraceStore();
  let written = 0;
  let second = 0;
  let spentMs = 0;

  function receive(body: string): void {
    const started = performance.now();
    if (started - second >= 1_000) {
      second = started;
      spentMs = 0;
    }
    if (spentMs >= budgetMs) return;
    store.add(decodeOtlp(JSON.parse(body)));
    spentMs += performance.now() - started;
  }

  /** A reader sees the old traces or the new ones. Unlike the journal they may be lost in a crash: waiting for the disk would cost more. */
  async function write(): Promise<void> {
    if (store.version() === written) return;
    written = store.version();
    const draft = `${file}.tmp`;
    await writeFile(draft, `${store.lines().join('\n')}\n`);
    await rename(draft, file);
  }

  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    let status = body === undefined ? 413 : 200;
    try {
      if (body !== undefined) receive(body);
    } catch {
      status = 400;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  let writing = Promise.resolve();
  // A full disk is reported where it matters; the next round tries again.
  const writeAgain = () => {
    writing = writing.then(write).catch(() => {});
    return writing;
  };
  const timer = setInterval(writeAgain, writeEveryMs).unref();

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      if (!server.listening) return;
      clearInterval(timer);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await writeAgain();
    },
  };
}

/** Undefined when it is too long, or when the sender hung up. */
async function textOf(request: IncomingMessage): Promise<string | undefined> {
  request.setEncoding('utf8');
  let text = '';
  try {
    for await (const chunk of request) {
      text += chunk;
      if (text.length > longestBody) return undefined;
    }
    return text;
  } catch {
    return undefined;
  }
}
