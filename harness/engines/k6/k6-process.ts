import { environmentError } from '../../domain/errors.ts';
import { freePort } from '../../platform/ports.ts';
import { startProcess } from '../../platform/processes.ts';
import type { Course } from './arrival-executor.ts';
import type { K6Program } from './k6-program.ts';

export interface K6ProcessOptions {
  readonly program: K6Program;
  readonly target: URL;
  readonly course: Course;
  /** Where the script is, with everything that it opens. */
  readonly folder: string;
  readonly script: string;
  /** What k6 adds to its points; every one makes its output longer. */
  readonly systemTags: readonly string[];
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Told every line of its JSON output. */
  readonly onLine: (line: string) => void;
}

export interface K6Process {
  /** Host and port of its REST API. */
  readonly address: string;
  /** Ends it, whatever is in flight. Idempotent. */
  end(): Promise<void>;
  /** Rejects with `LOAD_ENGINE_DIED` and its last words when it ends by itself; never resolves. */
  readonly lost: Promise<never>;
}

const endGraceMs = 1_000;

/** Starts `k6 run` with the environment that scripts are promised: `BASE_URL`, `COURSE` and, of its last level, `RATE`. */
export async function startK6Process(spec: K6ProcessOptions): Promise<K6Process> {
  const address = `127.0.0.1:${await freePort()}`;
  const quiet = ['--quiet', '--summary-mode=disabled', '--no-usage-report'];
  const output = ['--out', 'json=-', '--system-tags', spec.systemTags.join(',')];
  const args = ['run', ...quiet, '--address', address, ...output, ...(spec.options ?? []), spec.script];
  const env = {
    ...spec.env,
    BASE_URL: spec.target.href.replace(/\/$/, ''),
    COURSE: JSON.stringify(spec.course),
    RATE: String(spec.course.at(-1)?.to ?? 0),
    K6_NO_COLOR: 'true',
  };
  const running = startProcess({
    name: 'k6',
    cwd: spec.folder,
    ...spec.program.command(spec.folder, args, env),
    onLine: (line, stream) => {
      if (stream === 'stdout') spec.onLine(line);
    },
  });

  let ended = false;
  const lost = running.exited.then(({ code, signal }): never | Promise<never> => {
    if (ended) return new Promise<never>(() => {});
    const why = signal ?? `exit code ${code}`;
    throw environmentError('LOAD_ENGINE_DIED', `k6 ended by itself (${why}): ${lastWords(running.tail())}`);
  });
  lost.catch(() => {});
  return {
    address,
    lost,
    async end() {
      ended = true;
      await running.stop({ graceMs: endGraceMs });
    },
  };
}

/** What it said for people, without its JSON output. */
function lastWords(tail: string): string {
  const words = tail.split('\n').filter((line) => line.trim() !== '' && !line.endsWith('}}'));
  return words.join('\n') || 'it said nothing';
}

/** Changes the status of a running k6 over its REST API; what it said when it refused. */
export async function patchStatus(address: string, attributes: object): Promise<string | undefined> {
  const response = await fetch(`http://${address}/v1/status`, {
    method: 'PATCH',
    body: JSON.stringify({ data: { type: 'status', id: 'default', attributes } }),
  });
  const said = await response.text();
  return response.ok ? undefined : said;
}
