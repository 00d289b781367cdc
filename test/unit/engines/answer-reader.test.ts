import { describe, expect, it } from 'vitest';
import { type AnswerReader, createAnswerReader } from '../../../harness/engines/embedded/answer-reader.ts';

/** Feeds the bytes in two pieces; how many of the two it took until the answer was complete, or undefined. */
function readInTwo(reader: AnswerReader, answer: string, cutAt: number): number | undefined {
  const bytes = Buffer.from(answer, 'latin1');
  if (reader.read(bytes.subarray(0, cutAt))) return 1;
  return reader.read(bytes.subarray(cutAt)) ? 2 : undefined;
}

const answers: Readonly<Record<string, { readonly text: string; readonly status: number; readonly idleMs: number }>> = {
  'a body of known length': {
    text: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\r\n\r\n.',
    status: 200,
    idleMs: 4000,
  },
  'an empty body': { text: 'HTTP/1.1 201 Created\r\ncontent-length:0\r\n\r\n', status: 201, idleMs: 4000 },
  'no body by its status': { text: 'HTTP/1.1 204 No Content\r\n\r\n', status: 204, idleMs: 4000 },
  'a length that is not that of a body': {
    text: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n',
    status: 304,
    idleMs: 4000,
  },
  chunks: {
    text: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\n\r\n0\r\nB;x=1\r\n0123456789a\r\n0\r\nX-Trailer: 1\r\n\r\n',
    status: 200,
    idleMs: 4000,
  },
  'a hint before it': {
    text: 'HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\n{}',
    status: 500,
    idleMs: 4000,
  },
  'a connection that closes': {
    text: 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n.',
    status: 200,
    idleMs: 0,
  },
  'the old version': { text: 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n.', status: 200, idleMs: 0 },
  'a server that says how long it waits': {
    text: 'HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 1\r\n\r\n.',
    status: 200,
    idleMs: 3000,
  },
  'a server that hardly waits': {
    text: 'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 1\r\n\r\n.',
    status: 200,
    idleMs: 0,
  },
};

describe('answer reader', () => {
  for (const [name, { text, status, idleMs }] of Object.entries(answers)) {
    it(`finds the end of an answer with ${name}, wherever it is cut in two`, () => {
      const reader = createAnswerReader();
      for (let cutAt = 1; cutAt <= text.length; cutAt++) {
        expect(readInTwo(reader, text, cutAt)).toBe(cutAt === text.length ? 1 : 2);
        expect(reader.status()).toBe(status);
        expect(reader.idleMs()).toBe(idleMs);
      }
    });
  }

  it('knows an answer that only its connection ends', () => {
    const reader = createAnswerReader();
    expect(reader.read(Buffer.from('HTTP/1.1 200 OK\r\n\r\nanything'))).toBe(false);
    expect(reader.endsWithConnection()).toBe(true);
    expect(reader.status()).toBe(200);
  });

  it('lets no connection be used again that said more than it was asked', () => {
    const reader = createAnswerReader();
    expect(reader.read(Buffer.from('HTTP/1.1 204 No\r\n\r\nHTTP/1.1 200'))).toBe(true);
    expect(reader.idleMs()).toBe(0);
  });

  it.each([
    'SSH-2.0-OpenSSH\r\n\r\n',
    'HTTP/1.1 101 Switching\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnothing\r\n',
    'a'.repeat(70_000),
  ])('refuses %.60j', (text) => {
    expect(() => createAnswerReader().read(Buffer.from(text))).toThrow('no HTTP/1.1');
  });
});
