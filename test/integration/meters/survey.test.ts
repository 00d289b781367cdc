import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoadPlan } from '../../../harness/domain/workload.ts';
import { surveyApp } from '../../../harness/meters/survey.ts';
import { surveyPlans } from '../../../harness/meters/survey-plans.ts';
import { quietPool, sandboxWith, startTestPostgres } from './sandbox.ts';

let database: Awaited<ReturnType<typeof startTestPostgres>>;
let pool: pg.Pool;
let app: Server;
const asked: string[] = [];
const cache = new Set<string>();

/** Answers `/users/:id` with one statement per event asked for, `/cached/:id` with none the second time, and `/crash` not at all. */
async function answer(method: string, path: string): Promise<unknown> {
  const id = Number(path.split('/').at(-1));
  if (path.startsWith('/cached/') && cache.has(path)) return { id };
  cache.add(path);
  const { rows } = await pool.query('SELECT id FROM events WHERE user_id = $1 ORDER BY id LIMIT 3', [id]);
  const texts = [];
  for (const row of rows)
    texts.push((await pool.query('SELECT text FROM events WHERE id = $1', [row.id])).rows[0].text);
  return { method, texts, id, requestId: Math.random(), at: new Date().toISOString() };
}

beforeAll(async () => {
  database = await startTestPostgres();
  pool = quietPool(database.appUrl, 2);
  app = createServer((request, response) => {
    const { method = '', url = '' } = request;
    asked.push(`${method} ${url}`);
    if (url === '/crash') return void request.socket.destroy();
    void answer(method, url).then((body) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  app?.closeAllConnections();
  await new Promise((resolve) => app?.close(resolve));
  await pool?.end();
  await database?.stop();
});

const plan = (...paths: readonly string[]): LoadPlan => ({
  requests: [
    ...paths.map((path) => ({ name: path, method: 'GET' as const, path, weight: 1 })),
    { name: 'write', method: 'POST', path: '/write/1', body: { id: '{users.id}' }, weight: 1 },
  ],
  pools: { users: { draw: 'uniform', rows: Array.from({ length: 21 }, (_, id) => ({ id })) } },
  seed: 1,
  timeoutMs: 2_000,
  maxInFlight: 1,
});

const sandbox = () =>
  sandboxWith({
    postgres: database.postgres,
    entry: new URL(`http://127.0.0.1:${(app.address() as AddressInfo).port}`),
  });

const survey = (given: LoadPlan, repetitions?: number) =>
  surveyApp(sandbox(), given, repetitions === undefined ? {} : { repetitions });

test('measures work per request and records answers, for rows spread over the pool', async () => {
  asked.length = 0;
  const [users] = await survey(plan('/users/{users.id}'));
  expect(users).toMatchObject({ request: '/users/{users.id}', statements: 4, rows: 6 });
  expect(users!.buffers).toBeGreaterThan(6);
  expect(users!.answers.map(({ path }) => path)).toEqual([0, 5, 10, 15, 20].map((id) => `/users/${id}`));
  expect(users!.answers[1]).toEqual({
    method: 'GET',
    path: '/users/5',
    status: 200,
    body: '{"at":"<now>","id":5,"method":"GET","texts":["event 5","event 45","event 85"]}',
  });
  // Each row once to warm up and once to be measured, and nothing that writes.
  expect(asked).toHaveLength(10);
  expect(asked.filter((one) => !one.startsWith('GET'))).toEqual([]);
});

test('is the same again for the same app, and counts with warm caches', async () => {
  const first = await survey(plan('/users/{users.id}', '/cached/{users.id}'), 3);
  const second = await survey(plan('/users/{users.id}', '/cached/{users.id}'), 3);
  expect(second).toEqual(first);
  expect(second[1]).toMatchObject({ statements: 0, rows: 0, buffers: 0 });
});

test('a request without an answer is recorded as such, and the survey goes on', async () => {
  const [crash, users] = await survey(plan('/crash', '/users/1'), 2);
  expect(crash!.answers).toMatchObject([{ status: 0 }, { status: 0 }]);
  expect(users!.answers).toMatchObject([{ status: 200 }, { status: 200 }]);
});

test('other methods are surveyed when asked for', async () => {
  const [write] = await surveyApp(sandbox(), plan('/users/1'), { methods: ['POST'], repetitions: 1 });
  expect(write).toMatchObject({ request: 'write', answers: [{ method: 'POST', path: '/write/1', status: 200 }] });
});

test('plans of what a request asks when it is sent alone, however quick', async () => {
  const plans = await surveyPlans(sandbox(), plan('/users/{users.id}'));
  const shown = plans.map(({ query, plan }) => [query, plan.match(/(?:Seq|Index) Scan/)?.[0]]);
  expect(shown.sort()).toEqual([
    ['SELECT id FROM events WHERE user_id = $1 ORDER BY id LIMIT 3', 'Index Scan'],
    ['SELECT text FROM events WHERE id = $1', 'Index Scan'],
  ]);
});
