import { sleep } from '../../platform/clock.ts';
import { arrivalsWithin } from '../arrivals.ts';
import { type Course, stagesOf } from './arrival-executor.ts';
import type { K6Event } from './k6-output.ts';
import type { K6Run } from './k6-run.ts';
import { type K6Track, WRITTEN_MS } from './k6-samples.ts';

const RETIRE_EVERY_MS = 100;

export interface K6SenderOptions {
  /** Starts a process that plays a course. */
  readonly start: (course: Course, onEvent: (event: K6Event) => void) => Promise<K6Run>;
  /** Takes the events of the process that plays this course. */
  readonly track: (course: Course) => K6Track;
}

/**
 * Sends at a rate that can be changed. A process of k6 plays the course it was started with, so every change is another process: when it is ready to
 * send, the one before lets no more arrivals in, and ends once its last answer has come.
 */
export interface K6Sender {
  /** Changes the course as soon as a process for it is ready. Of changes asked for meanwhile the last one counts. */
  shape(course: Course): void;
  /** Resolves when no change is under way. */
  settled(): Promise<void>;
  /** Lets no more arrivals in. Those in flight still get their answers. */
  halt(): Promise<void>;
  inFlight(): number;
  /** Ends every process, whatever is in flight. Idempotent. */
  end(): Promise<void>;
  /** Rejects when a process ends by itself or can't be started; never resolves. */
  readonly lost: Promise<never>;
}

interface Process {
  readonly run: K6Run;
  readonly track: K6Track;
}

/** What is being sent now. */
interface Sending {
  readonly by: Process;
  readonly course: Course;
  readonly firstNumber: number;
  readonly begunAt: number;
}

const isSilent = (course: Course) => course.every(({ from, to }) => from === 0 && to === 0);
const isEndless = (course: Course) =>
  course.length === 1 && course[0]!.seconds === null && course[0]!.from === course[0]!.to;
const isSame = (a: Course, b: Course) => isEndless(a) && isEndless(b) && a[0]!.from === b[0]!.from;

export function createK6Sender({ start, track }: K6SenderOptions): K6Sender {
  const running = new Set<Process>();
  let ended = false;
  let current: Sending | undefined;
  let nextNumber = 1;
  let latest = 0;
  let changing = Promise.resolve();
  let lose: (reason: unknown) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    lose = reject;
  });
  lost.catch(() => {});

  const haltCurrent = async () => {
    const halted = current;
    if (halted === undefined) return;
    current = undefined;
    await halted.by.run.halt();
    // k6 may be late and never early, so it has not got farther than this.
    const seconds = (Date.now() - halted.begunAt) / 1000;
    nextNumber = halted.firstNumber + arrivalsWithin(seconds, 1, stagesOf(halted.course)) + 1;
    void retire(halted.by);
  };

  const retire = async (process: Process) => {
    await sleep(WRITTEN_MS);
    while (process.track.inFlight() > 0 && !ended) await sleep(RETIRE_EVERY_MS);
    await process.run.end();
    running.delete(process);
  };

  const change = async (course: Course, turn: number) => {
    const overtaken = () => turn !== latest;
    if (overtaken() || (current && isSame(current.course, course))) return;
    if (isSilent(course)) return haltCurrent();
    const tracking = track(course);
    const run = await start(course, tracking.add);
    const by = { run, track: tracking };
    running.add(by);
    run.lost.catch(lose);
    if (overtaken()) return retire(by);
    await haltCurrent();
    current = { by, course, firstNumber: nextNumber, begunAt: Date.now() };
    await run.begin(nextNumber);
  };

  return {
    lost,
    shape(course) {
      const turn = ++latest;
      changing = changing.then(() => change(course, turn)).catch(lose);
    },
    settled: () => changing,
    async halt() {
      latest++;
      await changing;
      await haltCurrent();
    },
    inFlight: () => [...running].reduce((sum, sending) => sum + sending.track.inFlight(), 0),
    async end() {
      latest++;
      ended = true;
      await changing;
      await Promise.all([...running].map(({ run }) => run.end()));
    },
  };
}
