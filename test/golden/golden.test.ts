import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { scenarioTable } from '../../harness/cli/commands/list.ts';
import { emptyModel, reduceEvent } from '../../harness/cli/live/live-model.ts';
import { renderLive, renderLiveLine } from '../../harness/cli/live/render-live.ts';
import { describeFindings } from '../../harness/cli/machine/describe-findings.ts';
import type { Finding } from '../../harness/cli/machine/finding.ts';
import { main } from '../../harness/cli/main.ts';
import { describeStatement } from '../../harness/cli/plans/describe-statement.ts';
import { closing } from '../../harness/cli/prove/closing.ts';
import { explanation } from '../../harness/cli/prove/explanation.ts';
import { proofTable } from '../../harness/cli/prove/proof-table.ts';
import { describePlan } from '../../harness/cli/runs/describe-plan.ts';
import { describeStatus } from '../../harness/cli/runs/describe-status.ts';
import { plain } from '../../harness/cli/terminal/paint.ts';
import { drawWaterfall } from '../../harness/cli/traces/draw-waterfall.ts';
import { summariseTrace, traceTable } from '../../harness/cli/traces/trace-table.ts';
import type { GameDayState } from '../../harness/domain/game-day.ts';
import type { ProofArm } from '../../harness/domain/proof.ts';
import type { Scenario } from '../../harness/domain/scenario.ts';
import { slowStatements } from '../../harness/meters/plan-log.ts';
import { renderJUnit } from '../../harness/reports/junit.ts';
import { renderPostMortem } from '../../harness/reports/post-mortem.ts';
import { renderReport } from '../../harness/reports/report.ts';
import { examplePlans, exampleTrace } from '../support/example-trace.ts';
import { sample } from '../support/fake-game-day.ts';
import { memoryStreams } from '../support/memory-streams.ts';
import { proof } from '../support/proof.ts';
import { story } from '../support/story.ts';

/** What users see, word for word. Look at every difference; write it anew with `npx vitest run test/golden -u`. */
const golden = (name: string) => fileURLToPath(new URL(`expected/${name}`, import.meta.url));

async function transcript(...lines: readonly string[]): Promise<string> {
  const blocks: string[] = [];
  for (const line of lines) {
    const { streams, written } = memoryStreams({ columns: 100 });
    const exitCode = await main(
      line.split(' ').filter((word) => word !== ''),
      streams,
    );
    blocks.push(`$ gameday ${line}\n${written.stdout}${written.stderr}[exit code ${exitCode}]\n`);
  }
  return blocks.join('\n');
}

const state: GameDayState = {
  run: '20261123-101500-slow-list',
  scenario: 'slow-list',
  title: 'The account list is slow',
  variant: 'accounts',
  size: 'default',
  stage: 'incident',
  startedAt: '2026-11-23T10:15:00.000Z',
  endsAt: '2026-11-23T11:00:00.000Z',
  workspace: '/runs/20261123-101500-slow-list/workspace',
  entryUrl: 'http://127.0.0.1:4000',
  databaseUrl: 'postgres://reader@127.0.0.1:5000/app',
  redisUrl: 'redis://127.0.0.1:6000',
  hintsTaken: 1,
  hintsLeft: 2,
  nextHintCost: 10,
  deploys: 1,
  objectives: [
    { check: 'p95-under', claim: 'list accounts: p95 is under 300 ms' },
    { check: 'same-responses', claim: 'every request is answered as before the repair' },
  ],
};
const now = Date.parse('2026-11-23T10:17:12.000Z');

describe('the command line', () => {
  it('help', async () => {
    await expect(
      await transcript('', 'help', 'play --help', 'prove --help', 'logs --help', 'clean --help', 'new scenario --help'),
    ).toMatchFileSnapshot(golden('help.txt'));
  });

  it('mistakes', async () => {
    await expect(
      await transcript(
        'plya',
        'list --lnog',
        'play --size huge',
        'play --minutes 0',
        'play --services podman',
        'sql',
        'clean --older-than 3w',
        'prove --within 5x',
        'prove --within 5m --write',
        'prove --within 5m --repeat 2',
        'new scenario Bad_Id',
        'grade a.tgz --isolation container --trust-candidate',
        'grade a.tgz --queue redis://127.0.0.1 --isolation container',
        'grader --queue redis://127.0.0.1 --isolation container --trust-candidate',
        'pack written-database-problem --candidate ada-1',
        'pack still-actif --candidate ada-1',
        '--json plya',
      ),
    ).toMatchFileSnapshot(golden('mistakes.txt'));
  });

  it('list', async () => {
    const scenario = (id: string, level: 'junior' | 'staff', minutes: number, summary: string): Scenario => ({
      id,
      folder: `/scenarios/${id}`,
      variants: ['accounts', 'orders'],
      definition: {
        title: id,
        summary,
        failure: 'an index is missing',
        level,
        minutes,
        skills: ['query plans', 'indexes'],
        size: 'default',
        variants: {},
        plan: () => {
          throw new Error('not played');
        },
      },
    });
    const scenarios = [
      scenario(
        'slow-list',
        'junior',
        45,
        'The account list takes longer with every customer we win, and support has started to notice.',
      ),
      scenario('paid-twice-after-outage', 'staff', 90, 'Three customers were charged twice.'),
    ];
    const tables = [false, true].map((long) => scenarioTable(scenarios, { long, width: 100 }));
    await expect(`${tables.join('\n\n')}\n`).toMatchFileSnapshot(golden('list.txt'));
  });
});

describe('doctor', () => {
  const findings: readonly Finding[] = [
    { what: 'Node.js', state: 'ok', found: '20.20.2' },
    { what: 'processor', state: 'poor', found: '1 core', fix: 'with one core, load and app disturb each other' },
    { what: 'Redis', state: 'missing', found: 'not on PATH', fix: 'apt-get install redis-server' },
    { what: '--engine k6', state: 'unneeded', found: 'k6 is not on PATH; Docker is not on PATH' },
  ];

  it('what is missing, and what only an option needs', async () => {
    const text = [findings, findings.filter(({ state }) => state !== 'missing')].map((each) =>
      describeFindings(each, plain),
    );
    await expect(`${text.join('\n\n\n')}\n`).toMatchFileSnapshot(golden('doctor.txt'));
  });
});

describe('a running game day', () => {
  const model = story.slice(0, 17).reduce(reduceEvent, emptyModel);
  const frame = {
    state,
    model,
    now,
    endsAt: Date.parse(state.endsAt),
    width: 100,
    height: 30,
    paint: plain,
    keys: true,
  };

  it('the live view, roomy and cramped, and asking', async () => {
    const views = [
      renderLive(frame),
      renderLive({ ...frame, width: 60, height: 20, message: 'press q again to end without submitting' }),
    ];
    await expect(`${views.join(`\n${'='.repeat(60)}\n`)}\n`).toMatchFileSnapshot(golden('live-view.txt'));
  });

  it('the live view says nothing of how long it took where nothing was answered', () => {
    const unanswered = { rate: 42, p50: 0, p95: 0, p99: 0, errors: 42 };
    const failing = { ...sample, requests: { ...sample.requests, 'list accounts': unanswered } };
    const row = renderLive({ ...frame, model: { ...model, sample: failing } }).split('\n');
    expect(row.find((line) => line.startsWith('list accounts'))).toMatch(/ 42 +- +- +- +42$/);
  });

  it('the live view never exceeds the terminal', () => {
    for (const height of [1, 5, 12, 24, 60]) {
      for (const width of [40, 80, 200]) {
        const lines = renderLive({ ...frame, width, height }).split('\n');
        expect(lines.length).toBeLessThanOrEqual(Math.max(height - 1, 1));
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      }
    }
  });

  it('the line without a terminal, and status', async () => {
    const text = [
      renderLiveLine(sample, model, 2_568_000),
      renderLiveLine({ ...sample, phase: 'hold' }, model, 2_568_000),
      describeStatus({ ...state, directory: '/runs/x', live: sample }, now, plain),
    ].join('\n\n');
    await expect(`${text}\n`).toMatchFileSnapshot(golden('status.txt'));
  });

  it('traces: the list, and one over time on a wide and a narrow terminal', async () => {
    const summary = summariseTrace(exampleTrace)!;
    const text = [
      traceTable([
        summary,
        { ...summary, id: '0af7651916cd43dd8448eb211c80319c', route: 'GET /v1/me', durationMs: 3.1 },
      ]),
      drawWaterfall(exampleTrace, examplePlans, { width: 120, paint: plain }),
      drawWaterfall({ ...exampleTrace, dropped: 12 }, [], { width: 80, paint: plain }),
    ];
    await expect(`${text.join('\n\n\n')}\n`).toMatchFileSnapshot(golden('traces.txt'));
  });

  it('plans of slow statements', async () => {
    const text = slowStatements(examplePlans).map((statement) => describeStatement(statement, plain));
    await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot(golden('plans.txt'));
  });

  it('a plan: the steps that cost the most by themselves are emphasised', () => {
    const plan = [
      'Nested Loop  (cost=1.00..9.00 rows=10 width=8) (actual time=0.100..50.000 rows=100 loops=1)',
      '  ->  Seq Scan on orders  (cost=0.00..8.00 rows=10 width=8) (actual time=0.010..9.000 rows=100 loops=1)',
      '        Rows Removed by Filter: 499900',
      '  ->  Index Scan using pk on items  (cost=0.10..0.20 rows=1 width=8) (actual time=0.100..0.400 rows=1 loops=100)',
      'Execution Time: 50.300 ms',
    ].join('\n');
    const marked = describePlan(plan, (style, text) => `<${style}>${text}`).split('\n');
    expect(marked.map((line) => /^(<\w+>)*/.exec(line)![0])).toEqual(['', '', '<yellow>', '<bold><red>', '']);
    expect(describePlan(plan, plain)).toBe(plan);
  });
});

describe('afterwards', () => {
  const input = { run: state.run, title: 'The account list is <slow>', events: story };

  it('report', async () => {
    await expect(renderReport(input)).toMatchFileSnapshot(golden('report.md.txt'));
  });

  it('report of a run that was cut off', async () => {
    await expect(renderReport({ run: 'cut', events: story.slice(0, 12) })).toMatchFileSnapshot(
      golden('report-cut-off.md.txt'),
    );
  });

  it('post-mortem draft', async () => {
    await expect(renderPostMortem(input)).toMatchFileSnapshot(golden('post-mortem.md.txt'));
  });

  it('what separates arms, and what was measured where only the app as handed out was played', async () => {
    const flawedOnly = { ...proof, arms: proof.arms.filter(({ kind }) => kind === 'flawed') };
    const fast = (arm: ProofArm) => ({
      ...arm,
      results: arm.results.map((result) => ({ ...result, figures: result.figures.map((f) => ({ ...f, value: 80 })) })),
    });
    const repaired = { ...proof, arms: proof.arms.map((arm) => (arm.kind === 'solution' ? fast(arm) : arm)) };
    const both = [repaired, flawedOnly].map((played) => explanation(played, plain));
    await expect(`${both.join('\n\n')}\n`).toMatchFileSnapshot(golden('explanation.txt'));
  });

  it('proof table and JUnit', async () => {
    await expect(`${proofTable(proof, plain, 120)}\n`).toMatchFileSnapshot(golden('proof.txt'));
    await expect(renderJUnit([proof])).toMatchFileSnapshot(golden('proof.xml'));
  });

  it('what stands last after several proofs', async () => {
    const proven = { ...proof, scenario: 'still-active', arms: proof.arms.filter(({ ok }) => ok), ok: true };
    const [first, ...others] = proven.arms;
    const unsteady = { right: 2, of: 3, otherwise: { outcome: 'pass', results: [], reasons: [] } } as const;
    const shaky = { ...proven, scenario: 'paid-twice', arms: [{ ...first!, unsteady }, ...others] };
    const ends = [[proof, proven, shaky], [proven, proven], [proof]].map((proofs) => closing(proofs, plain));
    expect(ends[2]).toBeUndefined();
    await expect(`${ends.slice(0, 2).join('\n\n')}\n`).toMatchFileSnapshot(golden('closing.txt'));
  });
});
