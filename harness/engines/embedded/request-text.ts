import type { PreparedRequest } from '../numbered-requests.ts';

/** Writes requests to `target` as HTTP/1.1. A string is meant to be sent as latin1. */
export function createRequestText(target: URL): (request: PreparedRequest) => string | Buffer {
  const basePath = target.pathname.replace(/\/$/, '');
  /** Most requests of a kind have the very same headers, so those of the last one are kept, by kind. */
  const last: { readonly headers: readonly string[]; readonly lines: string }[] = [];

  const linesOf = ({ index, headers }: PreparedRequest): string => {
    const known = last[index];
    if (known?.headers === headers) return known.lines;
    const lines = headerLines(target, headers);
    last[index] = { headers, lines };
    return lines;
  };

  return (request) => {
    const { method, path, body } = request;
    const start = `${method} ${basePath}${path} HTTP/1.1\r\n${linesOf(request)}`;
    if (body !== undefined) {
      const bytes = Buffer.from(body);
      return Buffer.concat([Buffer.from(`${start}content-length: ${bytes.length}\r\n\r\n`, 'latin1'), bytes]);
    }
    // A server may wait for the body of a method that usually has one (RFC 9110, section 8.6).
    return method === 'GET' || method === 'DELETE' ? `${start}\r\n` : `${start}content-length: 0\r\n\r\n`;
  };
}

function headerLines(target: URL, headers: readonly string[]): string {
  let lines = headers.includes('host') ? '' : `host: ${target.host}\r\n`;
  for (let at = 0; at < headers.length; at += 2) lines += `${headers[at]}: ${headers[at + 1]}\r\n`;
  return lines;
}
