import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { processTimesIn } from './processor-times.ts';

/** What a process and its children use. */
export interface ProcessUse {
  /** User and system time since the process started, children included, also those that have ended. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

/**
 * Reads one process and its direct children; undefined when it is gone. On Linux memory shared between them (PostgreSQL's buffers) is counted
 * once; elsewhere, with `ps`, it is counted in every process, and children that have ended are not counted.
 */
export async function readProcessTree(pid: number): Promise<ProcessUse | undefined> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

interface Own {
  readonly cpuSeconds: number;
  readonly reapedCpuSeconds: number;
  readonly privateBytes: number;
  readonly sharedBytes: number;
}

/** Without waiting in between, as `readProcesses` does and for the same reason: PostgreSQL alone is thirty processes. */
function fromProc(pid: number): ProcessUse | undefined {
  const parent = readOwn(pid);
  if (parent === undefined) return undefined;
  const children = read(`/proc/${pid}/task/${pid}/children`)?.trim().split(/\s+/).filter(Boolean) ?? [];
  const live = children.map((child) => readOwn(Number(child))).filter((own) => own !== undefined);
  const family = [parent, ...live];
  return {
    cpuSeconds: family.reduce((sum, own) => sum + own.cpuSeconds, parent.reapedCpuSeconds),
    rssBytes:
      family.reduce((sum, own) => sum + own.privateBytes, 0) + Math.max(...family.map((own) => own.sharedBytes)),
  };
}

function readOwn(pid: number): Own | undefined {
  const [stat, status] = [read(`/proc/${pid}/stat`), read(`/proc/${pid}/status`)];
  if (stat === undefined || status === undefined) return undefined;
  const { own, reaped } = processTimesIn(stat);
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1_024;
  return {
    cpuSeconds: own,
    reapedCpuSeconds: reaped,
    privateBytes: bytes('RssAnon'),
    sharedBytes: bytes('RssFile') + bytes('RssShmem'),
  };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

async function fromPs(pid: number): Promise<ProcessUse | undefined> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,rss=,time=']);
  return sumOfPs(stdout, pid);
}

/** Adds up a process and its children in the output of `ps -axo pid=,ppid=,rss=,time=`. */
export function sumOfPs(output: string, pid: number): ProcessUse | undefined {
  const rows = output
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter(([own, parent]) => Number(own) === pid || Number(parent) === pid);
  if (!rows.some(([own]) => Number(own) === pid)) return undefined;
  return {
    cpuSeconds: rows.reduce((sum, row) => sum + secondsOf(row[3] ?? '0'), 0),
    rssBytes: rows.reduce((sum, row) => sum + Number(row[2]) * 1_024, 0),
  };
}

/** `[[dd-]hh:]mm:ss[.cc]` in seconds. */
function secondsOf(time: string): number {
  const [days, clock] = time.includes('-') ? (time.split('-') as [string, string]) : ['0', time];
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
}
