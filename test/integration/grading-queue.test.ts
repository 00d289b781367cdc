import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GradingAnswer, type GradingJob, gradingId } from '../../harness/grading/grading-queue.ts';
import { sendGradings } from '../../harness/grading/send-gradings.ts';
import { serveGradings } from '../../harness/grading/serve-gradings.ts';
import { until } from '../../harness/platform/clock.ts';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { startRedis } from '../support/shared-services.ts';

let directory: string;
let redis: Awaited<ReturnType<typeof startRedis>>;
let graders: AbortController;
let serving: Promise<void>[];

beforeEach(async () => {
  directory = temporaryDirectory('queue');
  redis = await startRedis(directory);
  graders = new AbortController();
  serving = [];
});

afterEach(async () => {
  graders.abort();
  await Promise.all(serving);
  await redis.stop();
  removeTemporaryDirectory(directory);
});

const lockMs = 1_000;
const jobs = (...names: readonly string[]) =>
  new Map(
    names.map((name): [string, GradingJob] => {
      const archive = Buffer.from(name);
      const job = { name, archive: archive.toString('base64'), seed: 1, allowInstruments: false };
      return [gradingId(archive, undefined, false), job];
    }),
  );

/** Counts how often each was graded, and how many at once. */
function startGrader(grade: (name: string) => Promise<void> = async () => {}) {
  const seen = { graded: [] as string[], atOnce: 0, most: 0 };
  const one = async ({ name }: GradingJob): Promise<GradingAnswer> => {
    seen.most = Math.max(seen.most, ++seen.atOnce);
    try {
      await grade(name);
      seen.graded.push(name);
      return { graded: { name }, files: { 'scorecard.json': name } };
    } finally {
      seen.atOnce--;
    }
  };
  serving.push(serveGradings(redis.url, one, () => {}, { signal: graders.signal, lockMs }));
  return seen;
}

async function answersTo(sent: ReadonlyMap<string, GradingJob>): Promise<readonly string[]> {
  const answers: string[] = [];
  const onAnswer = async (_id: string, { files }: GradingAnswer) => {
    answers.push(files['scorecard.json']!);
  };
  await sendGradings(redis.url, sent, { onAnswer, say: () => {} }, new AbortController().signal);
  return answers.sort();
}

describe('gradings on a queue', { timeout: 60_000 }, () => {
  it('are done one at a time by each grader, and each comes back once', async () => {
    const [one, other] = [startGrader(), startGrader()];
    expect(await answersTo(jobs('ada', 'bea', 'cy', 'dan'))).toEqual(['ada', 'bea', 'cy', 'dan']);
    expect([...one.graded, ...other.graded].sort()).toEqual(['ada', 'bea', 'cy', 'dan']);
    expect([one.most, other.most].every((most) => most <= 1)).toBe(true);
  });

  it('are not done again when the same submission is sent again', async () => {
    const { graded } = startGrader();
    await answersTo(jobs('ada'));
    expect(await answersTo(jobs('ada', 'bea'))).toEqual(['ada', 'bea']);
    expect(graded).toEqual(['ada', 'bea']);
  });

  it('are tried again when a grader could not do it', async () => {
    let tries = 0;
    const { graded } = startGrader(async () => {
      if (++tries < 3) throw new Error('the machine has no memory left');
    });
    expect(await answersTo(jobs('ada'))).toEqual(['ada']);
    expect([tries, graded]).toEqual([3, ['ada']]);
  });

  it('say so when no grader could do it', async () => {
    startGrader(async () => {
      throw new Error('the machine has no memory left');
    });
    await expect(answersTo(jobs('ada'))).rejects.toThrow(/No grader could grade ada: .*no memory left/);
  });

  it('are not lost with a grader that is killed, and not done twice', async () => {
    const hanging = execa(
      process.execPath,
      ['--import', 'tsx', join(projectRoot, 'test/support/hanging-grader.ts'), redis.url, String(lockMs)],
      { reject: false },
    );
    let said = '';
    hanging.stdout.on('data', (text) => {
      said += text;
    });
    const answers = answersTo(jobs('ada', 'bea'));
    await until('the grader to begin', () => said.includes('Grading ada'), { timeoutMs: 20_000, everyMs: 50 });
    hanging.kill('SIGKILL');
    const { graded } = startGrader();
    expect(await answers).toEqual(['ada', 'bea']);
    expect([...graded].sort()).toEqual(['ada', 'bea']);
  });

  it('name the Redis that does not answer, without its password', async () => {
    const nowhere = sendGradings(
      'redis://me:secret@127.0.0.1:1',
      jobs('ada'),
      { onAnswer: async () => {}, say: () => {} },
      graders.signal,
    );
    await expect(nowhere).rejects.toThrow(/No Redis answers at redis:\/\/127\.0\.0\.1:1/);
  });
});
