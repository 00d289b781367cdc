import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../../harness/cli/main.ts';
import { editFile } from '../../../harness/platform/editor.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { exampleTrace } from '../../support/example-trace.ts';
import { memoryStreams } from '../../support/memory-streams.ts';
import { story } from '../../support/story.ts';

let runs: string;
let diagnosis: string;

beforeEach(() => {
  runs = temporaryDirectory('diagnose');
  const run = join(runs, '20261123-101500-slow-list');
  mkdirSync(run);
  writeFileSync(join(run, 'events.jsonl'), story.map((event) => `${JSON.stringify(event)}\n`).join(''));
  writeFileSync(join(run, 'traces.jsonl'), `${JSON.stringify(exampleTrace)}\n`);
  diagnosis = join(run, 'diagnosis.md');
  vi.stubEnv('GAMEDAY_RUNS', runs);
});
afterEach(() => {
  vi.unstubAllEnvs();
  removeTemporaryDirectory(runs);
});

async function diagnose(...args: readonly string[]) {
  const { streams, written } = memoryStreams({ columns: 100 });
  const exitCode = await main(['diagnose', ...args], streams);
  return { ...written, exitCode };
}

describe('gameday diagnose', () => {
  it('writes the form, says where, and what is still empty', async () => {
    const { stdout, stderr, exitCode } = await diagnose();
    expect(stderr).toContain(diagnosis);
    expect(stdout).toMatch(/Still empty: Symptom, How it was found, Root cause/);
    expect(readFileSync(diagnosis, 'utf8')).toContain('## Alternatives rejected');
    expect(exitCode).toBe(0);
  });

  it('keeps what is written, and holds it against what the run recorded', async () => {
    const id = exampleTrace.id.slice(0, 8);
    const text = `## Root cause\nA request runs 7,777 statements [trace:${id}], see [trace:${id}]. It takes 3 s.\n`;
    writeFileSync(diagnosis, text);
    const { stdout } = await diagnose('--no-edit');
    expect(stdout).toMatch(/✘ contradicted +Root cause/);
    expect(stdout).toMatch(/✔ confirmed +Root cause/);
    expect(stdout).toContain('without evidence: It takes 3 s.');
    expect(readFileSync(diagnosis, 'utf8')).toBe(text);
  });

  it('lists what can be cited, as it is written', async () => {
    const { stdout } = await diagnose('--evidence');
    expect(stdout).toContain(`[trace:${exampleTrace.id.slice(0, 8)}`);
    expect(stdout).toContain('nothing before the run is judged');
  });
});

describe('an editor', () => {
  it('gets the file, may have arguments, and is waited for', async () => {
    await editFile('printf hello >', join(runs, 'a file'));
    expect(readFileSync(join(runs, 'a file'), 'utf8')).toBe('hello');
  });

  it('that fails is named', async () => {
    await expect(editFile('exit 3;', join(runs, 'a file'))).rejects.toMatchObject({ code: 'EDITOR_FAILED' });
  });
});
