import { serveGradings } from '../../harness/grading/serve-gradings.ts';

/** A grader that takes a submission, says so, and never comes to an end: to be killed. */
const [url = '', lockMs = ''] = process.argv.slice(2);
await serveGradings(
  url,
  () => new Promise<never>(() => {}),
  (line) => console.log(line),
  {
    signal: new AbortController().signal,
    lockMs: Number(lockMs),
  },
);
