import type { IncomingMessage } from 'node:http';

const LIMIT_BYTES = 1_000_000;

export type JsonRead =
  | { readonly text: string; readonly body: unknown }
  | { readonly status: number; readonly problem: string };

/**
 * Reads a request's body as JSON; an empty body is `undefined`. Bad JSON or a body over 1 MB is a problem with the status to answer.
 * @throws when the client hangs up before the body is complete
 */
export async function readJson(request: IncomingMessage): Promise<JsonRead> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LIMIT_BYTES) chunks.push(chunk);
  }
  if (bytes > LIMIT_BYTES) return { status: 413, problem: `The body is larger than ${LIMIT_BYTES} bytes` };
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return { text, body: text === '' ? undefined : JSON.parse(text) };
  } catch {
    return { status: 400, problem: 'The body is not JSON' };
  }
}
