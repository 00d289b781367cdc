import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Grade } from '../../harness/domain/scorecard.ts';
import { projectRoot } from '../../harness/platform/files.ts';
import { applyPatch } from '../../harness/run/workspace.ts';
import { replaceIn } from '../support/submissions.ts';

/** The exercise that these cheat in. */
export const exercise = { scenario: 'slow-account-list', variant: 'accounts' } as const;

/** A submission that looks like one, and has to be played to be seen through. */
export interface Played {
  readonly name: string;
  readonly edit: (app: string) => Promise<void>;
  readonly grade: Grade;
  /** Of the failed check, or the reason. */
  readonly because: RegExp;
}

const service = (app: string) => join(app, 'src/accounts/service.ts');
const solve = (app: string) => applyPatch(app, join(projectRoot, `scenarios/${exercise.scenario}/solution/fix.patch`));

/** Puts code at the end of the file that every API process begins with. */
async function atStart(app: string, code: string): Promise<void> {
  const file = join(app, 'src/api.ts');
  await writeFile(file, `${await readFile(file, 'utf8')}\n${code}\n`);
}

const migration = (sql: string) => (app: string) => writeFile(join(app, 'migrations/0100_tuning.sql'), sql);

/** Reads the reference solution at its start, where the harness is in `root`. */
export function readsTheHarness(root: string): Played {
  const solution = `${root}/scenarios/${exercise.scenario}/solution/fix.patch`;
  return {
    name: 'needs the files of others to start',
    edit: (app) =>
      atStart(app, `import { readFileSync } from 'node:fs';\nconsole.log(readFileSync('${solution}', 'utf8'));`),
    grade: 'fail',
    because: /app-starts: .*(?:EACCES|ENOENT)/,
  };
}

/** What is refused while it is built or migrated, or ends its own process: no load is needed to see it. */
export const endAtOnce: readonly Played[] = [
  {
    name: 'takes the reference solution from the harness, by its path',
    edit: (app) =>
      atStart(
        app,
        `import scenario from '${projectRoot}/scenarios/slow-account-list/scenario.ts';\nconsole.log(scenario);`,
      ),
    grade: 'fail',
    because: /app-builds: .*neither part of the app nor one of its packages/,
  },
  {
    name: 'takes a check of the harness, by a way upwards',
    edit: (app) => atStart(app, "export { sameResponses } from '../../../../harness/checks/same-responses.ts';"),
    grade: 'fail',
    because: /app-builds: .*neither part of the app nor one of its packages/,
  },
  {
    name: 'takes a package that the harness has and the app has not',
    edit: (app) => atStart(app, "import { execa } from 'execa';\nawait execa('id');"),
    grade: 'fail',
    because: /app-builds: .*"execa" is neither/,
  },
  {
    name: 'brings its code as data',
    edit: (app) => atStart(app, "import 'data:text/javascript,process.exit(0)';"),
    grade: 'fail',
    because: /app-builds: .*"data:/,
  },
  {
    name: 'has the database run a program',
    edit: migration("COPY accounts TO PROGRAM 'cat > /tmp/owned';\n"),
    grade: 'fail',
    because: /app-starts: .*COPY to or from an external program/i,
  },
  {
    name: 'makes itself superuser',
    edit: migration('ALTER ROLE current_user SUPERUSER;\n'),
    grade: 'fail',
    because: /app-starts: .*(?:permission denied|superuser)/i,
  },
  {
    name: 'switches the server’s statistics off',
    edit: migration("ALTER SYSTEM SET pg_stat_statements.track = 'none';\n"),
    grade: 'fail',
    because: /app-starts: .*permission denied|ALTER SYSTEM cannot run/i,
  },
  readsTheHarness(projectRoot),
];

const untilItStops = (body: string) => `setInterval(async () => { try { ${body} } catch {} }, 100).unref();`;

/** In the box there is no network; outside of it this one would end at once. */
export const asksTheNetwork: Played = {
  name: 'asks the network for help',
  edit: (app) =>
    atStart(app, untilItStops("await fetch('http://1.1.1.1/', { signal: AbortSignal.timeout(50) }); process.exit(0);")),
  grade: 'fail',
  because: /list-p95/,
};

/** What is seen only under load. */
export const seenUnderLoad: readonly Played[] = [
  {
    name: 'answers only what is known to be asked',
    async edit(app) {
      await solve(app);
      await replaceIn(
        service(app),
        'return toPage(await describeAccounts(db, await listAccounts(db, page)), page);',
        `const known = [1, 501, 1001, 1451, 1951];
  if (!known.includes(page.after ?? 0)) return toPage([], page);
  return toPage(await describeAccounts(db, await listAccounts(db, page)), page);`,
      );
    },
    grade: 'fail',
    because: /answers-elsewhere/,
  },
  {
    name: 'removes the endpoint',
    edit: (app) =>
      replaceIn(
        join(app, 'src/accounts/routes.ts'),
        "router.get('/v1/accounts', staffOnly",
        "router.get('/v1/accounts-of-old', staffOnly",
      ),
    grade: 'fail',
    because: /same-responses|error-rate/,
  },
  {
    name: 'knows the slow route by its name and turns most away',
    edit: (app) =>
      replaceIn(
        join(app, 'src/accounts/routes.ts'),
        "router.get('/v1/accounts', staffOnly, async (req, res) => {",
        "router.get('/v1/accounts', staffOnly, async (req, res) => {\n    if (Math.random() < 0.9) { res.status(503).end(); return; }",
      ),
    grade: 'fail',
    because: /error-rate|same-responses/,
  },
  {
    name: 'shows a shorter page',
    edit: (app) =>
      replaceIn(
        service(app),
        'for (const row of await listAccounts(db, page)) {',
        'for (const row of (await listAccounts(db, page)).slice(0, 2)) {',
      ),
    grade: 'fail',
    because: /same-responses/,
  },
  {
    name: 'forgets what the server counted',
    edit: (app) => atStart(app, untilItStops("await services.database.query('SELECT pg_stat_statements_reset()');")),
    grade: 'fail',
    because: /work-per-list|list-p95/,
  },
  {
    name: 'kills who watches',
    edit: (app) => atStart(app, untilItStops("process.kill(process.ppid, 'SIGKILL');")),
    grade: 'fail',
    because: /./,
  },
  {
    name: 'leaves a program behind that kills and writes where it can',
    edit: (app) =>
      atStart(
        app,
        `import { spawn } from 'node:child_process';
spawn('sh', ['-c', 'while true; do kill -9 ' + process.ppid + '; for d in /tmp /var/tmp /dev/shm ${projectRoot}; do echo x > $d/gameday-owned; done; sleep 0.2; done'], { detached: true, stdio: 'ignore' }).unref();`,
      ),
    grade: 'fail',
    because: /work-per-list|list-p95/,
  },
  {
    name: 'starts as many processes as there may be',
    edit: (app) =>
      atStart(
        app,
        `import { spawn } from 'node:child_process';
for (let i = 0; i < 2_000; i++) { try { spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).on('error', () => {}).unref(); } catch {} }`,
      ),
    grade: 'fail',
    because: /./,
  },
  {
    name: 'is right, and has its own figures of itself',
    async edit(app) {
      await solve(app);
      await replaceIn(
        join(app, 'src/platform/metrics.ts'),
        "this.set({ state: 'waiting' }, pool.waitingCount);",
        "this.set({ state: 'waiting' }, 0);",
      );
    },
    grade: 'inconclusive',
    because: /metrics\.ts is what the app’s figures come from/,
  },
];
