import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as files from '../../../harness/platform/files.ts';

let directory: string;
beforeEach(() => {
  directory = files.temporaryDirectory('files-test');
});
afterEach(() => {
  vi.unstubAllEnvs();
  files.removeTemporaryDirectory(directory);
});

describe('files', () => {
  it('knows the root of the project', () => {
    expect(JSON.parse(readFileSync(join(files.projectRoot, 'package.json'), 'utf8')).name).toBe('gameday');
  });

  it('keeps the cache and the runs where the environment says, and creates them', () => {
    vi.stubEnv('GAMEDAY_CACHE', join(directory, 'c'));
    vi.stubEnv('GAMEDAY_RUNS', join(directory, 'r'));
    expect([files.cacheDirectory(), files.runsDirectory()]).toEqual([join(directory, 'c'), join(directory, 'r')]);
    vi.stubEnv('GAMEDAY_CACHE', '');
    vi.stubEnv('XDG_CACHE_HOME', join(directory, 'xdg'));
    expect(files.cacheDirectory()).toBe(join(directory, 'xdg', 'gameday'));
    expect(readdirSync(directory).sort()).toEqual(['c', 'r', 'xdg']);
  });

  it('writes a file whole and leaves no draft behind, also when it fails', () => {
    files.writeFileAtomic(join(directory, 'a'), 'one');
    files.writeFileAtomic(join(directory, 'a'), 'two');
    expect(readFileSync(join(directory, 'a'), 'utf8')).toBe('two');
    mkdirSync(join(directory, 'taken', 'full'), { recursive: true });
    expect(() => files.writeFileAtomic(join(directory, 'taken'), 'three')).toThrow();
    expect(readdirSync(directory).sort()).toEqual(['a', 'taken']);
  });

  it('finds on the path only what can be run', () => {
    vi.stubEnv('PATH', `${directory}:${process.env.PATH}`);
    writeFileSync(join(directory, 'gameday-tool'), '#!/bin/sh\n');
    expect(files.onPath('gameday-tool')).toBeUndefined();
    chmodSync(join(directory, 'gameday-tool'), 0o755);
    expect(files.onPath('gameday-tool')).toBe(join(directory, 'gameday-tool'));
    expect(files.onPath('no-such-tool-anywhere')).toBeUndefined();
  });

  it('removes a temporary directory with everything in it', () => {
    const path = files.temporaryDirectory('files-test');
    writeFileSync(join(path, 'a'), '');
    files.removeTemporaryDirectory(path);
    files.removeTemporaryDirectory(path);
    expect(existsSync(path)).toBe(false);
  });
});
