import { describe, expect, it } from 'vitest';
import { concernsOf } from '../../../harness/grading/concerns.ts';

const change = (file: string, ...lines: readonly string[]) =>
  `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -1,1 +1,${lines.length} @@\n${lines.join('\n')}\n`;

describe('what deserves a look', () => {
  it('is nothing in a change of queries', () => {
    const ordinary = change(
      'src/accounts/queries.ts',
      '+const rows = await db.query(`SELECT id FROM users WHERE id = ANY($1)`, [ids]);',
    );
    expect(concernsOf(ordinary)).toEqual({ instruments: [], unusual: [] });
  });

  it('is where the app’s own figures come from', () => {
    const { instruments } = concernsOf(change('src/platform/metrics.ts', "+this.set({ state: 'waiting' }, 0);"));
    expect(instruments).toEqual(['src/platform/metrics.ts is what the app’s figures come from']);
    const route = concernsOf(change('src/app.ts', ' const app = express();', "+app.get('/metrics', fake);"));
    expect(route.instruments).toEqual(['src/app.ts:2 takes part in what the app tells about itself']);
  });

  it.each([
    ["+import { spawn } from 'node:child_process';", 'starts processes or threads'],
    ["+import { readFile } from 'node:fs/promises';", 'uses files or the internals of Node'],
    ["+await fetch('http://1.1.1.1');", 'opens connections of its own'],
    ['+process.kill(process.ppid);', 'acts on processes or runs text as code'],
    ["+await db.query('SELECT pg_stat_statements_reset()');", 'reaches for the server’s statistics or other sessions'],
    ['+await redis.flushall();', 'empties Redis or its queues'],
  ])('is %s', (line, what) => {
    expect(concernsOf(change('src/api.ts', line)).unusual).toEqual([`src/api.ts:1 ${what}`]);
  });

  it('is not what was there before', () => {
    expect(
      concernsOf(change('src/api.ts', "-import { spawn } from 'node:child_process';", " import fs from 'node:fs';"))
        .unusual,
    ).toEqual([]);
  });
});
