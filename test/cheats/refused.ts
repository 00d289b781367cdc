import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../harness/platform/files.ts';
import { changesBy, type Entry, honestEntries, takeHomeFor } from '../support/submissions.ts';

/** A submission that must not even be played, and what has to be said about it. */
export interface Refused {
  readonly name: string;
  readonly entries: () => Promise<readonly Entry[]>;
  readonly because: RegExp;
}

const takeHome = takeHomeFor('still-active', 'default');
const honest = (others?: Readonly<Record<string, string>>) => honestEntries(takeHome, '', others);
const withEntry = (entry: Entry) => async () => [...honest(), entry];
const withTakeHome = (changed: object) => async () => honestEntries({ ...takeHome, ...changed }, '');

/** Archives that are not what `gameday submit` writes. */
export const refusedArchives: readonly Refused[] = [
  {
    name: 'a symbolic link to a file of ours instead of the diagnosis',
    entries: withEntry({ path: 'submission/diagnosis.md', type: 'SymbolicLink', linkpath: '/etc/passwd' }),
    because: /diagnosis\.md" is no plain file but a SymbolicLink/,
  },
  {
    name: 'a hard link',
    entries: withEntry({ path: 'submission/diagnosis.md', type: 'Link', linkpath: 'submission/take-home.json' }),
    because: /no plain file but a Link/,
  },
  {
    name: 'a path out of the folder',
    entries: withEntry({ path: 'submission/../../../etc/cron.d/x', text: '* * * * * root true\n' }),
    because: /it has "submission\/\.\.\/\.\.\/\.\.\/etc\/cron\.d\/x"/,
  },
  {
    name: 'an absolute path',
    entries: withEntry({ path: '/etc/cron.d/x', text: 'x' }),
    because: /it has "\/etc\/cron\.d\/x"/,
  },
  {
    name: 'a git hook',
    entries: withEntry({ path: 'submission/.git/hooks/post-checkout', text: '#!/bin/sh\n', mode: 0o755 }),
    because: /\.git\/hooks\/post-checkout/,
  },
  {
    name: 'a package.json with a postinstall script',
    entries: withEntry({ path: 'submission/package.json', text: '{ "scripts": { "postinstall": "id" } }' }),
    because: /it has "submission\/package\.json"/,
  },
  {
    name: 'a check of the harness',
    entries: withEntry({ path: 'submission/harness/checks/same-responses.ts', text: 'export const pass = true;' }),
    because: /harness\/checks\/same-responses\.ts/,
  },
  {
    name: 'two patches, one to be read and one to be run',
    entries: withEntry({ path: 'submission/workspace.patch', text: 'another' }),
    because: /workspace\.patch" twice/,
  },
  {
    name: 'an answer to what was not handed out',
    entries: withEntry({ path: 'submission/written-payment-endpoint.answer.md', text: 'All of it.' }),
    because: /it has "submission\/written-payment-endpoint\.answer\.md"/,
  },
  {
    name: 'an answer that makes whoever looks through it wait',
    entries: async () => [
      ...honestEntries({ ...takeHome, handOuts: [{ id: 'written-payment-endpoint', answers: ['answer.md'] }] }, ''),
      { path: 'submission/written-payment-endpoint.answer.md', text: 'a '.repeat(2 ** 20) },
    ],
    because: /answer\.md is longer than/,
  },
  {
    name: 'an answer in a file of another name',
    entries: withTakeHome({ handOuts: [{ id: 'written-payment-endpoint', answers: ['../answer.md'] }] }),
    because: /take-home\.json is not as it was packed/,
  },
  {
    name: 'an answer to an exercise that is not here',
    entries: withTakeHome({ handOuts: [{ id: 'written-by-me', answers: ['answer.md'] }] }),
    because: /there is no exercise "written-by-me" here/,
  },
  {
    name: 'a named pipe',
    entries: withEntry({ path: 'submission/diagnosis.md', type: 'FIFO' }),
    because: /but a FIFO/,
  },
  {
    name: 'a device',
    entries: withEntry({ path: 'submission/diagnosis.md', type: 'CharacterDevice' }),
    because: /but a CharacterDevice/,
  },
  {
    name: 'more than a disk can take, well packed',
    entries: withEntry({ path: 'submission/diagnosis.md', text: '\0'.repeat(260 * 2 ** 20) }),
    because: /unpacks to more than/,
  },
  {
    name: 'another scenario than was handed out',
    entries: withTakeHome({ scenario: 'paid-twice' }),
    because: /was not handed out/,
  },
  {
    name: 'a variant that nobody packed',
    entries: withTakeHome({ exercises: [{ scenario: 'still-active', variant: '0123456789abcdef' }] }),
    because: /no variant of still-active/,
  },
  {
    name: 'a candidate whose name leads elsewhere',
    entries: withTakeHome({ candidate: '../../../root/.ssh/authorized_keys' }),
    because: /take-home\.json is not as it was packed/,
  },
  {
    name: 'no changes at all',
    entries: async () => honest().filter(({ path }) => !path?.endsWith('.patch')),
    because: /workspace\.patch is missing/,
  },
];

const changed = (edit: (workspace: string) => Promise<void>) => async () =>
  honestEntries(takeHome, await changesBy(edit));
const patched = (text: string) => async () => honestEntries(takeHome, text);

const addition = (path: string, line: string) =>
  `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+${line}\n`;

/** Changes to what is none of the candidate's business. */
export const refusedChanges: readonly Refused[] = [
  {
    name: 'a postinstall script in the app’s package.json',
    entries: changed((app) =>
      writeFile(join(app, 'package.json'), '{ "name": "x", "scripts": { "postinstall": "id" } }'),
    ),
    because: /"package\.json" is neither source nor a migration/,
  },
  {
    name: 'the app’s tests, emptied',
    entries: changed((app) => rm(join(app, 'test'), { recursive: true })),
    because: /"test\/.*is neither source nor a migration/,
  },
  {
    name: 'a symbolic link among the source',
    entries: changed((app) => symlink(join(projectRoot, 'scenarios'), join(app, 'src', 'answers.ts'))),
    because: /src\/answers\.ts is no plain file \(mode 120000\)/,
  },
  {
    name: 'a patch for the harness',
    entries: patched(addition('../harness/checks/x.ts', 'export {};')),
    because: /don't apply|invalid path/,
  },
  {
    name: 'a patch for an absolute path',
    entries: patched(addition('/tmp/x.ts', 'export {};')),
    because: /neither source nor|don't apply/,
  },
  {
    name: 'a patch for git’s own files',
    entries: patched(addition('.git/hooks/post-commit', 'id')),
    because: /don't apply|invalid path/,
  },
  {
    name: 'an executable',
    entries: changed(async (app) => {
      await writeFile(join(app, 'src', 'run.ts'), '#!/bin/sh\n');
      await chmod(join(app, 'src', 'run.ts'), 0o755);
    }),
    because: /src\/run\.ts is no plain file \(mode 100755\)/,
  },
  {
    name: 'a compiled addon',
    entries: changed((app) => writeFile(join(app, 'src', 'fast.node'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]))),
    because: /"src\/fast\.node" is neither source nor a migration/,
  },
  {
    name: 'something compiled under the name of source',
    entries: changed((app) => writeFile(join(app, 'src', 'fast.ts'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]))),
    because: /src\/fast\.ts is no text/,
  },
  {
    name: 'where the compiler finds modules',
    entries: changed((app) =>
      writeFile(join(app, 'tsconfig.json'), '{ "compilerOptions": { "paths": { "pg": ["./src/pg.ts"] } } }'),
    ),
    because: /"tsconfig\.json" is neither/,
  },
  {
    name: 'packages brought along',
    entries: changed(async (app) => {
      await mkdir(join(app, 'src', 'node_modules', 'pg'), { recursive: true });
      await writeFile(join(app, 'src', 'node_modules', 'pg', 'package.json'), '{ "name": "pg" }');
    }),
    because: /node_modules\/pg\/package\.json" is neither/,
  },
  {
    name: 'a patch that fits nothing',
    entries: patched('--- a/src/app.ts\n+++ b/src/app.ts\n@@ -1 +1 @@\n-never\n+ever\n'),
    because: /don't apply/,
  },
];
