import { basename, dirname } from 'node:path';
import { usageError } from '../../domain/errors.ts';
import { until } from '../../platform/clock.ts';
import { endingOf } from './ending.ts';
import type { K6Event, Point } from './k6-output.ts';
import { type K6ProcessOptions, patchStatus, startK6Process } from './k6-process.ts';
import type { K6Run } from './k6-run.ts';

export interface OwnScriptOptions extends Pick<K6ProcessOptions, 'program' | 'target' | 'course'> {
  /** Absolute path of the author's script. */
  readonly script: string;
  /** Names that its requests may have. */
  readonly names: readonly string[];
  readonly onEvent: (event: K6Event) => void;
}

const readyWithinMs = 60_000;
/** Requests of scripts have no numbers of their own. */
let nextNumber = 1;

/**
 * Starts k6 with an author's script, which waits until it is told to begin. Of a script nobody knows when its arrivals were due, only when requests
 * ended and how long they took. When it is halted, what is in flight is given up.
 */
export async function startOwnScriptRun({ script, names, onEvent, ...options }: OwnScriptOptions): Promise<K6Run> {
  let fail: (reason: unknown) => void = () => {};
  const refused = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const { address, lost, end } = await startK6Process({
    ...options,
    folder: dirname(script),
    script: basename(script),
    systemTags: ['name', 'status', 'error_code', 'error'],
    options: ['--paused'],
    onLine: (line) => {
      for (const event of readOwnLine(line)) {
        if (event.type === 'arrived' && !names.includes(event.name ?? '')) fail(unknownName(event.name ?? '', names));
        else onEvent(event);
      }
    },
  });
  const troubled = Promise.race([lost, refused]);
  troubled.catch(() => {});
  const ready = until('k6 to make its virtual users', () => isReady(address), {
    timeoutMs: readyWithinMs,
    everyMs: 20,
  });
  await Promise.race([ready, troubled]);
  return {
    lost: troubled,
    begin: async () => {
      await Promise.race([patchStatus(address, { paused: false }), troubled]);
    },
    halt: end,
    end,
  };
}

function unknownName(name: string, names: readonly string[]) {
  return usageError(
    'REQUEST_UNKNOWN',
    `The script of k6 sends a request named "${name}", which the workload does not have.`,
    `Name every request of it with \`tags: { name: … }\`; known: ${names.join(', ')}`,
  );
}

async function isReady(address: string): Promise<boolean> {
  const { data } = (await (await fetch(`http://${address}/v1/status`)).json()) as {
    data: { attributes: { paused: boolean; 'vus-max': number } };
  };
  return data.attributes.paused && data.attributes['vus-max'] > 0;
}

const request = '{"metric":"http_req_duration","type":"Point"';
const dropped = '{"metric":"dropped_iterations","type":"Point"';

/** What a line of k6's JSON output of any script says. */
function readOwnLine(line: string): readonly K6Event[] {
  const isRequest = line.startsWith(request);
  if (!isRequest && !line.startsWith(dropped)) return [];
  const { data } = JSON.parse(line) as Point;
  const at = Date.parse(data.time);
  if (!isRequest) return [{ type: 'dropped', at }];
  const number = nextNumber++;
  const { name = '', status, error_code: code, error = '' } = data.tags ?? {};
  const ending = endingOf(Number(status ?? 0), Number(code ?? 0), error);
  return [
    { type: 'arrived', at: at - data.value, number, name },
    { type: 'answered', at, number, latencyMs: data.value, ending },
  ];
}
