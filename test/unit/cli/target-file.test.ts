import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { targetFile } from '../../../harness/cli/target-file.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';

const folder = temporaryDirectory('target');
afterAll(() => removeTemporaryDirectory(folder));

it('is the file that was named, from here', () => {
  expect(targetFile('somewhere/a.tgz', 'usual.tgz')).toBe(resolve('somewhere/a.tgz'));
});

it('is the usual file in a folder that exists', () => {
  expect(targetFile(folder, 'usual.tgz')).toBe(join(folder, 'usual.tgz'));
});
