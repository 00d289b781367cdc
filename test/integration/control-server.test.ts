import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlClient } from '../../harness/cli/control/control-client.ts';
import { type ControlServer, startControlServer } from '../../harness/cli/control/control-server.ts';
import { findRunningGameDay, runningGameDays } from '../../harness/cli/control/find-running.ts';
import type { JournalEvent } from '../../harness/domain/journal.ts';
import { fakeGameDay, sample, temporaryRuns } from '../support/fake-game-day.ts';

let runs: ReturnType<typeof temporaryRuns>;
let fake: ReturnType<typeof fakeGameDay>;
let server: ControlServer;

beforeEach(async () => {
  runs = temporaryRuns();
  fake = fakeGameDay(runs.runs);
  server = await startControlServer(fake.gameDay, fake.journal, fake.directory);
});

afterEach(async () => {
  await server.close();
  fake.journal.close();
  runs.remove();
});

const client = () => controlClient({ url: server.url, token: server.token, pid: process.pid });

/** A request as any program could send it: with whatever headers it likes. */
function send(
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<{ status: number; body: { error: { code: string; hint?: string } } }>((resolve, reject) => {
    const sent = request(
      new URL(path, server.url),
      { method, headers: { authorization: `Bearer ${server.token}`, ...headers } },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('who is let in', () => {
  it('nobody without the token, on any route', async () => {
    for (const path of ['/v1/state', '/v1/events', '/v1/nothing']) {
      const answer = await send(path, { headers: { authorization: 'Bearer wrong' } });
      expect([answer.status, answer.body.error.code]).toEqual([401, 'TOKEN_REFUSED']);
    }
    expect((await send('/v1/deploy', { method: 'POST', headers: { authorization: '' } })).status).toBe(401);
    expect(fake.calls).toEqual([]);
  });

  it('nobody under another host name, even with the token (DNS rebinding)', async () => {
    const answer = await send('/v1/state', { headers: { host: 'evil.example' } });
    expect([answer.status, answer.body.error.code]).toEqual([403, 'HOST_REFUSED']);
  });

  it('no page of another origin, but our own', async () => {
    expect((await send('/v1/state', { headers: { origin: 'https://evil.example' } })).body.error.code).toBe(
      'ORIGIN_REFUSED',
    );
    expect((await send('/v1/state', { headers: { origin: server.url } })).status).toBe(200);
  });

  it('the address file is for its user only', () => {
    expect(statSync(join(fake.directory, 'control.json')).mode & 0o777).toBe(0o600);
  });
});

describe('actions', () => {
  it('reach the game day and answer with its results', async () => {
    await client().act('note', { text: 'it is the plan' });
    expect(await client().act('deploy')).toMatchObject({ deploy: 1, ok: true });
    expect((await client().act('sql', { statement: 'SELECT 1' })).rows).toHaveLength(2);
    expect(fake.calls).toEqual(['note it is the plan', 'deploy', 'sql SELECT 1']);
  });

  it('refusals arrive as the errors they were', async () => {
    for (let i = 0; i < 3; i++) await client().act('hint');
    await expect(client().act('hint')).rejects.toMatchObject({
      code: 'NO_HINT_LEFT',
      hint: 'gameday report',
      exitCode: 2,
    });
  });

  it('an unknown action, a missing field, a body that is no JSON object, and one that is too long are refused', async () => {
    const json = { 'content-type': 'application/json' };
    const post = (path: string, body: string, headers: Record<string, string> = json) =>
      send(path, { method: 'POST', headers, body });
    expect((await post('/v1/toString', '{}')).status).toBe(404);
    expect((await post('/v1/constructor', '{}')).status).toBe(404);
    expect((await send('/v1/deploy')).status).toBe(404);
    expect((await post('/v1/note', '{"text":"  "}')).body.error.code).toBe('FIELD_MISSING');
    expect((await post('/v1/note', '{"text":5}')).body.error.code).toBe('FIELD_MISSING');
    expect((await post('/v1/note', '[1]')).body.error.code).toBe('BODY_NOT_JSON');
    expect((await post('/v1/note', '{"text":"x"}', { 'content-type': 'text/plain' })).body.error.code).toBe(
      'BODY_NOT_JSON',
    );
    const long = await post('/v1/note', JSON.stringify({ text: 'x'.repeat(70_000) }));
    expect([long.status, long.body.error.code]).toEqual([413, 'BODY_TOO_LARGE']);
    expect(fake.calls).toEqual([]);
  });

  it('the answer to a submission arrives although it ends the game day', async () => {
    const submission = client().act('submit');
    await fake.gameDay.ended;
    await server.close();
    expect(await submission).toMatchObject({ outcome: 'pass' });
  });
});

describe('state and events', () => {
  it('the state has the latest figures', async () => {
    expect(await client().state()).not.toHaveProperty('live');
    fake.journal.write({ type: 'live.sampled', sample });
    expect(await client().state()).toMatchObject({
      scenario: 'slow-list',
      directory: fake.directory,
      live: { ratePerSecond: 40 },
    });
  });

  it('a reader that comes back gets what it missed, each event once and in order, then what is new', async () => {
    for (const text of ['one', 'two', 'three']) fake.journal.write({ type: 'note.added', text });
    const stop = new AbortController();
    const seen: JournalEvent[] = [];
    for await (const event of client().events({ afterSeq: 2, signal: stop.signal })) {
      seen.push(event);
      if (event.seq === 4) fake.journal.write({ type: 'note.added', text: 'four' });
      if (event.seq === 5) stop.abort();
    }
    expect(seen.map((event) => event.seq)).toEqual([3, 4, 5]);
  });

  it('without Last-Event-ID the whole journal is sent, and closing the server ends the stream', async () => {
    const seen: number[] = [];
    for await (const event of client().events()) {
      seen.push(event.seq);
      void server.close();
    }
    expect(seen).toEqual([1]);
  });
});

describe('finding it', () => {
  it('finds the one that runs, and nothing once it is closed', async () => {
    expect(await findRunningGameDay(undefined, runs.runs)).toMatchObject({
      run: fake.run,
      state: { scenario: 'slow-list' },
    });
    await server.close();
    expect(existsSync(join(fake.directory, 'control.json'))).toBe(false);
    await expect(findRunningGameDay(undefined, runs.runs)).rejects.toMatchObject({ code: 'NO_GAME_DAY', exitCode: 2 });
  });

  it('asks which one when several run', async () => {
    const other = fakeGameDay(runs.runs, { run: '20261123-111500-other' });
    const second = await startControlServer(other.gameDay, other.journal, other.directory);
    try {
      await expect(findRunningGameDay(undefined, runs.runs)).rejects.toMatchObject({
        code: 'SEVERAL_GAME_DAYS',
        hint: expect.stringContaining(`--run ${other.run}`),
      });
      expect(await findRunningGameDay(other.run, runs.runs)).toMatchObject({ run: other.run });
    } finally {
      await second.close();
      other.journal.close();
    }
  });

  it('removes the address of a killed one, also when its process id lives on in another process', async () => {
    const gone = { dead: 2 ** 22 + 1, reused: process.pid };
    for (const [name, pid] of Object.entries(gone)) {
      mkdirSync(join(runs.runs, name));
      // Port 1 is privileged and unused: connecting is refused.
      writeFileSync(
        join(runs.runs, name, 'control.json'),
        JSON.stringify({ url: 'http://127.0.0.1:1', token: 'x', pid }),
      );
    }
    mkdirSync(join(runs.runs, 'broken'));
    writeFileSync(join(runs.runs, 'broken', 'control.json'), '{');
    expect((await runningGameDays(runs.runs)).map(({ run }) => run)).toEqual([fake.run]);
    for (const name of ['dead', 'reused', 'broken'])
      expect(existsSync(join(runs.runs, name, 'control.json'))).toBe(false);
    expect(readFileSync(join(fake.directory, 'control.json'), 'utf8')).toContain(server.url);
  });
});
