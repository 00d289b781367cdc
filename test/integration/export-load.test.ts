import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { main } from '../../harness/cli/main.ts';
import type { ScriptData } from '../../harness/engines/k6/script-data.ts';
import { memoryStreams } from '../support/memory-streams.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gameday-test-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(...argv: readonly string[]) {
  const { streams, written } = memoryStreams({ columns: 100 });
  return { exitCode: await main(argv, streams), ...written };
}

it('exports a scenario with rows of the seeded company and its objectives as thresholds', async () => {
  const out = join(folder, 'out');
  const { exitCode, stdout } = await run('export', 'k6', 'still-active', '--out', out, '--operator', '--json');
  expect(exitCode).toBe(0);
  const files = ['script.js', 'data.json', 'testrun.yaml', 'README.md'];
  expect(JSON.parse(stdout)).toEqual({ folder: out, files });
  expect(readdirSync(out).sort()).toEqual([...files].sort());
  const { plan, rows, deals } = JSON.parse(readFileSync(join(out, 'data.json'), 'utf8')) as ScriptData;
  expect(plan.course).toEqual([{ from: 60, to: 60, seconds: 60 }]);
  expect(plan.thresholds).toEqual({ http_req_duration: ['p(95)<500'], http_req_failed: ['rate<=0.01'] });
  expect(rows.members).toHaveLength(240);
  expect(rows.members![0]).toMatchObject({ token: expect.stringMatching(/^st_[0-9a-f]{32}$/) });
  expect(deals.pending).toHaveLength(rows.pending!.length);
});

it('overwrites nothing', async () => {
  mkdirSync(join(folder, 'mine'));
  writeFileSync(join(folder, 'mine', 'notes.txt'), 'mine');
  const { exitCode, stderr } = await run('export', 'k6', 'still-active', '--out', join(folder, 'mine'));
  expect(exitCode).toBe(2);
  expect(stderr).toContain('FOLDER_NOT_EMPTY');
});
