import { diffLines } from '../domain/diff-lines.ts';

/** What checks read of an app from within: whoever changes it may change the figures instead of what they say. */
const instruments = /^src\/platform\/metrics\.ts$/;
const instrumentWords = /prom-client|monitorEventLoopDelay|['"`]\/metrics|metrics\.registry/;

/** What the app has no use for, in words for whoever reads the change. */
const unusual: readonly (readonly [RegExp, string])[] = [
  [/child_process|worker_threads|node:cluster|['"]cluster['"]/, 'starts processes or threads'],
  [/node:fs|['"]fs(?:\/promises)?['"]|node:vm|node:inspector|node:module/, 'uses files or the internals of Node'],
  [/node:(?:net|dgram|tls|http2?|https|dns)['"]|\bfetch\s*\(/, 'opens connections of its own'],
  [/process\.(?:kill|binding|dlopen)|\beval\s*\(|new Function\b/, 'acts on processes or runs text as code'],
  [
    /pg_stat_|pg_reload_conf|pg_terminate_backend|pg_cancel_backend|auto_explain/i,
    'reaches for the server’s statistics or other sessions',
  ],
  [/flushall|flushdb|obliterate|\bdebug\s+sleep/i, 'empties Redis or its queues'],
];

/** What a person has to look at in a change, with file and line. */
export interface Concerns {
  /** Where it touches what checks read of the app: figures of these can't be believed before somebody has read it. */
  readonly instruments: readonly string[];
  /** Where it does what the app has no use for. That is no offence, only worth a look. */
  readonly unusual: readonly string[];
}

/** Reads a change, a unified diff, for what deserves a look. It decides over nothing by itself. */
export function concernsOf(changes: string): Concerns {
  const found = { instruments: new Set<string>(), unusual: new Set<string>() };
  for (const { text, file, line } of diffLines(changes)) {
    if (file === undefined || !/^[+-](?!\+\+|--)/.test(text)) continue;
    const where = `${file}:${line}`;
    if (instruments.test(file)) found.instruments.add(`${file} is what the app’s figures come from`);
    else if (text.startsWith('+') && instrumentWords.test(text))
      found.instruments.add(`${where} takes part in what the app tells about itself`);
    if (text.startsWith('+'))
      for (const [words, what] of unusual) if (words.test(text)) found.unusual.add(`${where} ${what}`);
  }
  return { instruments: [...found.instruments], unusual: [...found.unusual] };
}
