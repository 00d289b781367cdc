import { PassThrough, Readable } from 'node:stream';
import type { Streams } from '../../harness/cli/terminal/terminal.ts';

/** Streams that keep what was written, without a terminal unless `columns` says how wide one is. */
export function memoryStreams({ input = '', columns }: { readonly input?: string; readonly columns?: number } = {}) {
  const written = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => {
    const stream = new PassThrough();
    stream.on('data', (chunk) => {
      written[name] += chunk;
    });
    return Object.assign(stream, columns === undefined ? {} : { columns });
  };
  const streams: Streams = {
    stdin: Readable.from([input]) as unknown as NodeJS.ReadStream,
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env: { NO_COLOR: '1' },
  };
  return { streams, written };
}
