/** Finds where the answers on one connection end, in whatever pieces they arrive; what they say beyond that is thrown away. */
export interface AnswerReader {
  /** Takes what has arrived; true when it completes the answer. Throws `Error` for what is no HTTP/1.1, after which the connection is of no use. */
  read(arrived: Buffer): boolean;
  /** Status of the answer being read, or of the last one. */
  status(): number;
  /** Whether the answer being read has no end but that of its connection. */
  endsWithConnection(): boolean;
  /** How long the connection may lie idle after the last answer and still be used, milliseconds; 0 when it must not be used again. */
  idleMs(): number;
}

/** Servers that do not say how long they keep an idle connection keep it for five seconds or more. */
const UNSAID_IDLE_MS = 4_000;
/** So much before the server closes an idle connection it is given up, lest a request and the close cross. */
const IDLE_MARGIN_MS = 2_000;
const LONGEST_HEAD = 64 * 1024;

const statusLine = /^HTTP\/1\.([01]) ([1-5]\d\d)/;
const telling = /\n(content-length|transfer-encoding|connection|keep-alive):[ \t]*([^\r\n]*)/gi;

/** The framing rules of RFC 9112, section 6.3, for answers to requests other than HEAD and CONNECT. */
export function createAnswerReader(): AnswerReader {
  /** `data` has `left` bytes to come; those of a chunk include the line end after it. `open` ends with the connection. */
  let part: 'head' | 'data' | 'size' | 'trailer' | 'open' = 'head';
  let kept: Buffer | undefined;
  let left = 0;
  let chunked = false;
  let status = 0;
  let idleMs = 0;

  const readHead = (head: string) => {
    const [, minor, code] = statusLine.exec(head) ?? malformed();
    status = Number(code);
    if (status === 101) malformed();
    // Informational: the answer itself follows.
    if (status < 200) return;
    let length: number | undefined;
    let reusable = minor === '1';
    let serverKeepsMs = UNSAID_IDLE_MS + IDLE_MARGIN_MS;
    chunked = false;
    for (const [, name, value] of head.matchAll(telling)) {
      switch (name!.toLowerCase()) {
        case 'content-length':
          if (!/^\d+[ \t]*$/.test(value!) || (length ?? Number(value)) !== Number(value)) malformed();
          length = Number(value);
          break;
        case 'transfer-encoding':
          chunked = /\bchunked[ \t]*$/i.test(value!);
          break;
        case 'connection':
          reusable = /\bkeep-alive\b/i.test(value!) || (reusable && !/\bclose\b/i.test(value!));
          break;
        default:
          serverKeepsMs = Number(/\btimeout=(\d+)/i.exec(value!)?.[1] ?? Number.POSITIVE_INFINITY) * 1000;
      }
    }
    left = status === 204 || status === 304 ? 0 : (length ?? Number.POSITIVE_INFINITY);
    if (left === 0) chunked = false;
    part = chunked ? 'size' : left === Number.POSITIVE_INFINITY ? 'open' : 'data';
    idleMs = reusable && part !== 'open' ? Math.max(0, serverKeepsMs - IDLE_MARGIN_MS) : 0;
  };

  /** The text from `at` up to `end`, or undefined when that is still to come; then what is there is kept, copied, for the next read. */
  const upTo = (end: string, bytes: Buffer, at: number): string | undefined => {
    const found = bytes.indexOf(end, at, 'latin1');
    if (found >= 0) return bytes.toString('latin1', at, found);
    if (bytes.length - at > LONGEST_HEAD) malformed();
    kept = Buffer.from(bytes.subarray(at));
    return undefined;
  };

  const complete = (rest: number) => {
    // Bytes that nobody asked for: from here on answers would be taken for those of other requests.
    if (rest > 0) idleMs = 0;
    part = 'head';
    return true;
  };

  const read = (arrived: Buffer): boolean => {
    const bytes = kept ? Buffer.concat([kept, arrived]) : arrived;
    kept = undefined;
    for (let at = 0; ; ) {
      if (part === 'open') return false;
      if (part === 'data') {
        const taken = Math.min(left, bytes.length - at);
        left -= taken;
        at += taken;
        if (left > 0) return false;
        if (!chunked) return complete(bytes.length - at);
        part = 'size';
      }
      const text = upTo(part === 'head' ? '\r\n\r\n' : '\r\n', bytes, at);
      if (text === undefined) return false;
      at += text.length + (part === 'head' ? 4 : 2);
      if (part === 'head') readHead(text);
      else if (part === 'size') {
        const [size] = /^[\da-f]+/i.exec(text) ?? malformed();
        left = Number.parseInt(size, 16) + 2;
        part = left === 2 ? 'trailer' : 'data';
      } else if (text === '') return complete(bytes.length - at);
    }
  };

  return { read, status: () => status, endsWithConnection: () => part === 'open', idleMs: () => idleMs };
}

function malformed(): never {
  throw new Error('the answer is no HTTP/1.1');
}
