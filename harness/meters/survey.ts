import type pg from 'pg';
import { Client } from 'undici';
import type { SurveyedAnswer, SurveyedRequest } from '../domain/evidence.ts';
import { median } from '../domain/median.ts';
import { compileRequest, type FilledRequest, type RequestTemplate } from '../domain/request-template.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { columnsOf, type Values } from '../domain/template.ts';
import type { LoadPlan, RequestSpec } from '../domain/workload.ts';
import { openAdminPool } from './admin-pool.ts';
import { canonicalBody } from './canonical-answer.ts';
import { readStatements, statementsBetween } from './statement-statistics.ts';

export interface SurveyOptions {
  /** How many rows of its pools each request is sent with. Default 5: the first, the quartiles and the last. */
  readonly repetitions?: number;
  /** With which rows instead, as shares of the way through its pools, 0 to 1. */
  readonly at?: readonly number[];
  /** Default: GET only, because the others would change the data that later answers show. */
  readonly methods?: readonly RequestSpec['method'][];
}

/**
 * Sends the requests of a plan alone, before there is load: what does each answer, and what work does it cause? With every row a request is
 * sent once to warm caches and once more to be measured, over one connection, so that both reach the same replica. The same plan gives the
 * same requests, so the surveys of two versions of the app can be compared answer by answer. A request that gets no answer is recorded with
 * status 0.
 *
 * Throws when PostgreSQL's statistics can't be read.
 */
export async function surveyApp(
  sandbox: Sandbox,
  plan: LoadPlan,
  { repetitions = 5, at = evenly(repetitions), methods = ['GET'] }: SurveyOptions = {},
): Promise<readonly SurveyedRequest[]> {
  const pool = openAdminPool(sandbox);
  const client = new Client(sandbox.app.entry.origin, {
    headersTimeout: plan.timeoutMs,
    bodyTimeout: plan.timeoutMs,
  });
  const surveyor: Surveyor = { pool, client, role: sandbox.postgres.appRole, plan, at };
  try {
    const surveyed: SurveyedRequest[] = [];
    for (const spec of plan.requests) {
      if (methods.includes(spec.method)) surveyed.push(await surveyRequest(surveyor, spec));
    }
    return surveyed;
  } finally {
    await Promise.allSettled([client.destroy(), pool.end()]);
  }
}

interface Surveyor {
  readonly pool: pg.Pool;
  readonly client: Client;
  readonly role: string;
  readonly plan: LoadPlan;
  readonly at: readonly number[];
}

interface Measured {
  readonly answer: SurveyedAnswer;
  readonly statements: number;
  readonly rows: number;
  readonly buffers: number;
}

async function surveyRequest(surveyor: Surveyor, spec: RequestSpec): Promise<SurveyedRequest> {
  const template = compileRequest(spec, columnsOf(surveyor.plan.pools));
  const measured: Measured[] = [];
  for (const [repetition, fraction] of surveyor.at.entries()) {
    const rows = rowsAt(template, surveyor.plan, fraction);
    await send(surveyor.client, template.fill({ n: 2 * repetition + 1, rows, uuid }));
    measured.push(await measure(surveyor, template.fill({ n: 2 * repetition + 2, rows, uuid })));
  }
  return {
    request: spec.name,
    statements: median(measured.map(({ statements }) => statements)),
    rows: median(measured.map(({ rows }) => rows)),
    buffers: median(measured.map(({ buffers }) => buffers)),
    answers: measured.map(({ answer }) => answer),
  };
}

/** From the first to the last. */
function evenly(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : i / (count - 1)));
}

/** The same in every survey. */
function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

async function measure(surveyor: Surveyor, request: FilledRequest): Promise<Measured> {
  const before = await readStatements(surveyor.pool, surveyor.role);
  const answer = await send(surveyor.client, request);
  const work = statementsBetween(before, await readStatements(surveyor.pool, surveyor.role));
  return { answer, statements: work.calls, rows: work.rows, buffers: work.buffers };
}

async function send(client: Client, request: FilledRequest): Promise<SurveyedAnswer> {
  const { method, path } = request;
  try {
    const answer = await client.request(request);
    const text = await answer.body.text();
    return { method, path, status: answer.statusCode, body: canonicalBody(text, Date.now()) };
  } catch (error) {
    return { method, path, status: 0, body: (error as { code?: string }).code ?? 'no answer' };
  }
}

/** The row at `fraction` (0 to 1) of the way through each pool the request draws from. */
function rowsAt({ pools }: RequestTemplate, plan: LoadPlan, fraction: number): Values['rows'] {
  return Object.fromEntries(
    pools.map((name) => {
      const { rows } = plan.pools[name]!;
      return [name, rows[Math.round(fraction * (rows.length - 1))]!];
    }),
  );
}
