import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
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

  it('leaves one harness when several processes begin at the same time', async () => {
    const cache = join(directory, 'cache');
    const processes = ['a', 'b', 'c'].map((name) =>
      startProcess({
        name,
        command: process.execPath,
        args: [join(projectRoot, 'harness', 'cli', 'gameday.mjs'), '--version'],
        cwd: directory,
        env: { GAMEDAY_CACHE: cache },
      }),
    );
    for (const { exited, tail } of processes) {
      expect(await exited, tail()).toEqual({ code: 0, signal: null });
      expect(tail()).toMatch(/^\d+\.\d+\.\d+\s*$/);
    }
    expect(readdirSync(join(cache, 'code', 'harness'))).toEqual([expect.stringMatching(/^[\da-f]{24}$/)]);
  });
});
