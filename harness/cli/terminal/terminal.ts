import { type Paint, paintFor } from './paint.ts';

/** Where a command's words go. The process's own streams, or a test's. */
export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: NodeJS.ProcessEnv;
}

type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** Options that every command has. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly input: boolean;
  readonly color: boolean;
}

/** What a command sees of the outside: data goes to `out`, chatter to `err`. */
export interface Terminal {
  readonly streams: Streams;
  readonly json: boolean;
  /** Whether questions may be asked and keys read. */
  readonly interactive: boolean;
  /** Whether chatter may redraw itself. */
  readonly live: boolean;
  readonly width: number;
  readonly paint: Paint;
  readonly errPaint: Paint;
  /** Writes a line of data to stdout. */
  out(text: string): void;
  /** Writes the command's one JSON document to stdout. */
  outJson(value: unknown): void;
  /** Writes a line of chatter to stderr. */
  err(text: string): void;
}

/** Without a terminal there is no width to respect; this one reads well in a CI log. */
const defaultWidth = 100;

export function createTerminal(streams: Streams, options: GlobalOptions): Terminal {
  const { stdin, stdout, stderr, env } = streams;
  const dumb = env.TERM === 'dumb';
  return {
    streams,
    json: options.json === true,
    interactive: options.input && stdin.isTTY === true && stderr.isTTY === true,
    live: stderr.isTTY === true && !dumb && options.json !== true,
    width: stdout.columns ?? stderr.columns ?? defaultWidth,
    paint: paintFor(stdout, env, options.color),
    errPaint: paintFor(stderr, env, options.color),
    out: (text) => void stdout.write(`${text}\n`),
    outJson: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    err: (text) => void stderr.write(`${text}\n`),
  };
}
