/** Reads single keys until stopped. Ctrl-C stays what it is: in raw mode the terminal no longer makes a signal of it, so we do. */
export function readKeys(stdin: NodeJS.ReadStream, onKey: (key: string) => void): () => void {
  const listener = (chunk: Buffer) => {
    for (const key of chunk.toString('utf8')) {
      if (key === '\u0003') process.kill(process.pid, 'SIGINT');
      else onKey(key.toLowerCase());
    }
  };
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on('data', listener);
  return () => {
    stdin.off('data', listener);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
