import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { processMark } from '../../../harness/platform/process-mark.ts';
import {
  cachedTemplates,
  holdTemplate,
  templateRoots,
  templateUser,
} from '../../../harness/services/company/template-use.ts';

describe('a cached template', () => {
  let root: string;
  let template: string;
  beforeEach(() => {
    root = temporaryDirectory('test');
    template = join(root, 'small-1');
    mkdirSync(template);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    removeTemporaryDirectory(root);
  });

  it('has a user until the last one lets go of it', () => {
    const [first, second] = [holdTemplate(template), holdTemplate(template)];
    first();
    expect(cachedTemplates(root)).toEqual([{ path: template, user: process.pid }]);
    second();
    expect(cachedTemplates(root)).toEqual([{ path: template }]);
    expect(readdirSync(root)).toEqual(['small-1']);
  });

  it('has a user while it is being built, and its draft has', () => {
    mkdirSync(join(root, 'large-2.99.draft'));
    writeFileSync(join(root, 'large-2.lock'), processMark());
    expect(cachedTemplates(root)).toEqual([
      { path: join(root, 'large-2.99.draft'), user: process.pid },
      { path: template },
    ]);
  });

  it('is free when its user has ended, also if another process has got its number', () => {
    const note = `${template}.used.${process.pid}.0`;
    writeFileSync(note, `${process.pid} long ago`);
    expect(templateUser(template)).toBeUndefined();
    expect(readdirSync(root)).toEqual(['small-1']);
  });

  it('keeps a note that is being written', () => {
    writeFileSync(`${template}.used.99.0`, '');
    expect(cachedTemplates(root)).toEqual([{ path: template }]);
    expect(readdirSync(root)).toHaveLength(2);
  });

  it('is looked for in the directory that the user named and nowhere else', () => {
    vi.stubEnv('GAMEDAY_CACHE', root);
    expect(templateRoots()).toEqual([join(root, 'company')]);
    expect(cachedTemplates(join(root, 'missing'))).toEqual([]);
  });
});
