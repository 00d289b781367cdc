import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { sleep } from '../../../harness/platform/clock.ts';
import { builtOnce, codeDirectory } from '../../../harness/platform/code-cache.mjs';
import { compiled } from '../../../harness/platform/compile.mjs';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { startProcess } from '../../../harness/platform/processes.ts';

const directory = temporaryDirectory('compile-test');
afterAll(() => removeTemporaryDirectory(directory));

function written(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

const authoring = join(projectRoot, 'harness', 'authoring.ts');

describe('compiling', () => {
  it('gives the same address for the same text and another one for another', async () => {
    const file = written('changing.ts', 'export default 1 as number;');
    const first = await compiled(file);
    expect(await compiled(file)).toBe(first);
    written('changing.ts', 'export default 2 as number;');
    const second = await compiled(file);
    expect(await Promise.all([first, second].map(async (url) => (await import(url)).default))).toEqual([1, 2]);
  });

  it('lets all files share one harness', async () => {
    const text = `import { p95Under } from '${authoring}'; export default p95Under;`;
    const [one, two] = await Promise.all(['one.ts', 'two.ts'].map((name) => compiled(written(name, text))));
    expect((await import(one!)).default).toBe((await import(two!)).default);
  });

  it('leaves a module its own address', async () => {
    const file = written('address.ts', 'export default [import.meta.url, import.meta.dirname];');
    expect((await import(await compiled(file))).default).toEqual([pathToFileURL(file).href, directory]);
  });

  it('tells where it does not understand a file', async () => {
    const file = written('broken.ts', 'export default {\n  title: = 3,\n};');
    await expect(compiled(file)).rejects.toThrow(/broken\.ts:2:9: Unexpected "="/);
  });
});

describe('what npm ci runs at its end', () => {
  it('compiles the harness and makes the packages of the app one file each', async () => {
    const args = [join(projectRoot, 'harness', 'cli', 'prepare.mjs')];
    const prepare = startProcess({ name: 'prepare', command: process.execPath, args, cwd: directory });
    expect(await prepare.exited).toEqual({ code: 0, signal: null });
    // It tells what went wrong, and fails nobody's installation.
    expect(prepare.tail()).toBe('');
    expect(readdirSync(codeDirectory())).toEqual(expect.arrayContaining(['app-packages', 'harness']));
  });
});

describe('the code cache', () => {
  const kind = `test-${randomUUID()}`;
  const here = join(codeDirectory(), kind);
  afterAll(() => rmSync(here, { recursive: true, force: true }));
  const build = async (draft: string) => {
    await sleep(10);
    writeFileSync(join(draft, 'made'), '');
  };

  it('keeps one of several builds at the same time, and builds no second time', async () => {
    const paths = await Promise.all([1, 2, 3].map(() => builtOnce(kind, 'a', build)));
    expect(new Set(paths)).toEqual(new Set([join(here, 'a')]));
    expect(await builtOnce(kind, 'a', () => Promise.reject(new Error('built again')))).toBe(join(here, 'a'));
    expect(readdirSync(here)).toEqual(['a']);
    expect(readdirSync(join(here, 'a'))).toEqual(['made']);
  });

  it('keeps nothing of a build that fails', async () => {
    const failing = async (draft: string) => {
      await build(draft);
      throw new Error('no such package');
    };
    await expect(builtOnce(kind, 'b', failing)).rejects.toThrow('no such package');
    expect(readdirSync(here)).toEqual(['a']);
  });

  it('forgets what was not used for long', async () => {
    const longAgo = new Date(Date.now() - 30 * 86_400_000);
    utimesSync(join(here, 'a'), longAgo, longAgo);
    await builtOnce(kind, 'c', build);
    expect(readdirSync(here)).toEqual(['c']);
  });
});
