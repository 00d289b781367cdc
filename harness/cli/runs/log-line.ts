import { oneLine } from '../../reports/plain-text.ts';
import type { Paint } from '../terminal/paint.ts';

/** pino's levels and their numbers, https://getpino.io/#/docs/api?id=logger-level. */
const levelNumbers = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const;
export type LogLevel = keyof typeof levelNumbers;
export const logLevels = Object.keys(levelNumbers) as readonly LogLevel[];

export interface LogLine {
  readonly process: string;
  /** Epoch milliseconds; absent in lines that are not pino's. */
  readonly time: number | undefined;
  readonly level: LogLevel;
  readonly message: string;
  /** Everything else the line says. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly raw: string;
}

const routine: ReadonlySet<string> = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'name', 'v', 'instance']);

/** One line of a process's log: pino's JSON, or anything else as an info message. */
export function parseLogLine(process: string, raw: string): LogLine {
  const json = parseObject(raw);
  if (json === undefined) return { process, time: undefined, level: guessLevel(raw), message: raw, fields: {}, raw };
  const time = typeof json.time === 'number' ? json.time : Date.parse(String(json.time));
  return {
    process,
    time: Number.isNaN(time) ? undefined : time,
    level: levelOf(json.level),
    message: String(json.msg ?? ''),
    fields: Object.fromEntries(Object.entries(json).filter(([key]) => !routine.has(key))),
    raw,
  };
}

export function isAtLeast(line: LogLine, level: LogLevel): boolean {
  return levelNumbers[line.level] >= levelNumbers[level];
}

const styles = { trace: 'dim', debug: 'dim', info: undefined, warn: 'yellow', error: 'red', fatal: 'red' } as const;

/** `14:03:09.120 api-1    ERROR request failed  method=GET status=500`. */
export function formatLogLine(line: LogLine, paint: Paint): string {
  const time = line.time === undefined ? ' '.repeat(12) : new Date(line.time).toISOString().slice(11, 23);
  const style = styles[line.level];
  const level = line.level.toUpperCase().padEnd(5);
  const fields = Object.entries(flat(line.fields)).map(([key, value]) => `${key}=${value}`);
  const head = `${paint('dim', time)} ${paint('cyan', line.process.padEnd(9))} ${style === undefined ? level : paint(style, level)}`;
  return `${head} ${oneLine(line.message)}${fields.length > 0 ? `  ${paint('dim', fields.join(' '))}` : ''}`;
}

/** Nested fields as `req.method`; stacks and headers are left to `--json`. */
function flat(fields: Readonly<Record<string, unknown>>, prefix = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(fields).map(([key, value]) => {
      if (key === 'stack' || key === 'headers') return {};
      const name = oneLine(prefix + key);
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return flat(value as Record<string, unknown>, `${name}.`);
      return {
        [name]:
          typeof value === 'number'
            ? String(value)
            : oneLine(typeof value === 'string' ? value : JSON.stringify(value), 160),
      };
    }),
  );
}

function levelOf(level: unknown): LogLevel {
  return logLevels.find((name) => name === level || levelNumbers[name] === level) ?? 'info';
}

/** PostgreSQL and Redis write their levels into the text. */
function guessLevel(text: string): LogLevel {
  if (/\b(FATAL|PANIC)\b/.test(text)) return 'fatal';
  if (/\bERROR\b/i.test(text)) return 'error';
  return /\bWARNING\b/.test(text) ? 'warn' : 'info';
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
