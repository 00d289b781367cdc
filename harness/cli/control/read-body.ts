import type { IncomingMessage } from 'node:http';
import { usageError } from '../../domain/errors.ts';

/** Longest body that is read: ample for a statement or a note. */
const maxBodyBytes = 64 * 1024;

/** The JSON object a request carries; an empty body is an empty object. Throws `BODY_TOO_LARGE`, `BODY_NOT_JSON`. */
export async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes)
      throw usageError(
        'BODY_TOO_LARGE',
        `The request is longer than ${maxBodyBytes / 1024} KiB.`,
        'send a shorter text',
      );
    chunks.push(chunk);
  }
  if (size === 0) return {};
  const body = parse(Buffer.concat(chunks).toString('utf8'));
  if (!isJson(request) || typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw usageError('BODY_NOT_JSON', 'The body must be a JSON object.', 'send `content-type: application/json`');
  }
  return body as Readonly<Record<string, unknown>>;
}

function isJson(request: IncomingMessage): boolean {
  return /^application\/json\b/.test(request.headers['content-type'] ?? '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
