import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prometheusConfig } from '../../harness/exporter/prometheus-config.ts';
import { sleep } from '../../harness/platform/clock.ts';
import { onPath, projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { freePort } from '../../harness/platform/ports.ts';
import { type RunningGameDay, startGameDay } from '../../harness/run/game-day.ts';
import { readJournal } from '../../harness/run/journal.ts';
import { startPrometheus } from '../support/prometheus.ts';
import { watchedScenario } from '../support/watched-scenario.ts';

const binary = onPath('prometheus');

/**
 * When an expression has to have a value: all the time, or above zero during the incident (after its first wave was judged at the latest) or after
 * a deploy. What is not listed has one all the time.
 */
const situations: Readonly<Record<string, 'incident' | 'deploy'>> = {
  'Service: Errors': 'incident',
  'Service: Unexpected results': 'incident',
  'PostgreSQL: Waiting for a lock': 'incident',
  'Cache and queues: Age of the oldest job': 'incident',
  'Cache and queues: Repeated': 'incident',
  'Game day: Objectives': 'incident',
  'Game day: Alerts': 'incident',
  'Game day: Faults': 'incident',
  'Alert: AvailabilityBudgetBurnsFast': 'incident',
  'Alert: AvailabilityBudgetBurnsSlowly': 'incident',
  'Alert: LatencyBudgetBurnsFast': 'incident',
  'Alert: LatencyBudgetBurnsSlowly': 'incident',
  'Service: Deploys': 'deploy',
  'PostgreSQL: Deploys': 'deploy',
  'Cache and queues: Deploys': 'deploy',
  'Game day: Deploys': 'deploy',
};

interface Board {
  readonly title: string;
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
  readonly annotations: { readonly list: readonly { readonly name: string; readonly expr: string }[] };
}

interface Expression {
  /** `<dashboard>: <panel or annotation>` or `Alert: <name>`. */
  readonly where: string;
  readonly expr: string;
}

/** What the committed dashboards ask Prometheus for. */
function dashboardExpressions(): readonly Expression[] {
  return ['service', 'postgresql', 'cache-and-queues', 'game-day'].flatMap((name) => {
    const file = join(projectRoot, 'grafana', 'dashboards', `${name}.json`);
    const { title, panels, annotations } = JSON.parse(readFileSync(file, 'utf8')) as Board;
    return [
      ...panels.flatMap((panel) =>
        (panel.targets ?? []).map(({ expr }) => ({ where: `${title}: ${panel.title}`, expr })),
      ),
      ...annotations.list.map((annotation) => ({ where: `${title}: ${annotation.name}`, expr: annotation.expr })),
    ];
  });
}

describe.skipIf(binary === undefined)(
  'with the Prometheus on PATH (apt-get install prometheus)',
  { timeout: 120_000 },
  () => {
    let runs: string;
    let gameDay: RunningGameDay;
    let prometheus: Awaited<ReturnType<typeof startPrometheus>>;
    let config: string;

    // Prometheus is there first, so that it sees the game day from its first second on.
    beforeAll(async () => {
      runs = temporaryDirectory('dashboards');
      const port = await freePort();
      vi.stubEnv('GAMEDAY_RUNS', runs);
      vi.stubEnv('GAMEDAY_METRICS_PORT', String(port));
      config = prometheusConfig(new URL(`http://127.0.0.1:${port}`));
      const file = join(runs, 'prometheus.yml');
      writeFileSync(file, config);
      prometheus = await startPrometheus(binary!, file);
      gameDay = await startGameDay({
        scenario: watchedScenario,
        facilitator: true,
        signal: new AbortController().signal,
      });
    }, 120_000);

    afterAll(async () => {
      await prometheus?.stop();
      await gameDay?.end('the test is over');
      vi.unstubAllEnvs();
      removeTemporaryDirectory(runs);
    });

    /** Those of the expressions that have not once had such a value within `patienceMs`. */
    async function withoutData(
      expressions: readonly Expression[],
      isData: (value: number) => boolean,
      patienceMs: number,
    ): Promise<readonly Expression[]> {
      const deadline = Date.now() + patienceMs;
      let missing = expressions;
      do {
        const values = await Promise.all(
          missing.map(({ expr }) => prometheus.values(expr.replaceAll('$__rate_interval', '4s'))),
        );
        missing = missing.filter((_, i) => !values[i]!.some(isData));
        if (missing.length > 0) await sleep(500);
      } while (missing.length > 0 && Date.now() < deadline);
      return missing;
    }

    async function expressionsFor(situation: 'incident' | 'deploy' | undefined): Promise<readonly Expression[]> {
      const rules = await prometheus.rules();
      const ruleExpressions = rules.map(({ type, name, query }) => ({
        where: `${type === 'alerting' ? 'Alert' : 'Record'}: ${name}`,
        expr: query,
      }));
      const all = [...dashboardExpressions(), ...ruleExpressions];
      expect(
        all.filter(({ where }) => where.startsWith('Alert')),
        'no alert is loaded',
      ).toHaveLength(4);
      expect(Object.keys(situations).filter((known) => !all.some(({ where }) => where === known))).toEqual([]);
      return all.filter(({ where }) => situations[where] === situation);
    }

    it('every panel, alert and annotation has data in the situation it is for', async () => {
      const positive = (value: number) => value > 0;
      const steady = await expressionsFor(undefined);
      expect(steady.length).toBeGreaterThan(30);
      expect(await withoutData(steady, Number.isFinite, 30_000)).toEqual([]);
      expect(await withoutData(await expressionsFor('incident'), positive, 40_000)).toEqual([]);
      expect(await gameDay.deploy()).toMatchObject({ ok: true });
      expect(await withoutData(await expressionsFor('deploy'), positive, 10_000)).toEqual([]);
    });

    it('alerts are silent until the incident begins, and then go off', async () => {
      const events = readJournal(join(gameDay.directory, 'events.jsonl'));
      const begun = events.find((event) => event.type === 'phase.started' && event.phase === 'incident')!;
      const before = (expr: string) => prometheus.values(expr, new Date(begun.at));
      expect((await before('sum(gameday_requests_total)'))[0]).toBeGreaterThan(40);
      for (const window of ['5s', '1m', '30s', '6m']) {
        const looks = await before(`count_over_time(gameday:slo_errors:ratio_rate${window}[1m])`);
        expect(looks).toHaveLength(2);
        expect(Math.min(...looks), window).toBeGreaterThan(1);
      }
      const fired = (alerts: string) =>
        `count by (alertname) (count_over_time(ALERTS{alertstate="firing", alertname=~"${alerts}"}[10m]))`;
      // On a busy machine requests are late by themselves, and that budget burns rightly.
      const punctual = 'sum(gameday_request_duration_seconds_bucket{le="0.5"}) == sum(gameday_requests_total)';
      const quiet = (await before(punctual)).length > 0;
      expect(await before(fired(quiet ? '.*' : 'Availability.*'))).toEqual([]);
      expect(await prometheus.values(fired('.*'))).toEqual([1, 1, 1, 1]);
    });

    it('the run brings the configuration for it', () => {
      expect(readFileSync(join(gameDay.directory, 'prometheus.yml'), 'utf8')).toBe(config);
    });

    it('an expression that never has data is found out', async () => {
      const gone = { where: 'a metric that was renamed', expr: 'sum(rate(gameday_request_total[$__rate_interval]))' };
      expect(await withoutData([gone], Number.isFinite, 1_500)).toEqual([gone]);
    });

    it('processes keep their series over a deploy', async () => {
      expect(await gameDay.deploy()).toMatchObject({ ok: true });
      expect(
        await withoutData(
          [{ where: 'three processes', expr: 'count(up{job="tradepost"} == 1) == 3' }],
          Number.isFinite,
          20_000,
        ),
      ).toEqual([]);
      expect(await prometheus.values('count(count by (instance) (last_over_time(up{job="tradepost"}[5m])))')).toEqual([
        3,
      ]);
    });

    it.skipIf(onPath('promtool') === undefined)('promtool finds nothing wrong with configuration and rules', () => {
      execFileSync('promtool', ['check', 'config', join(gameDay.directory, 'prometheus.yml')]);
    });

    it('the hold after a submission is seen, too', async () => {
      const submitted = gameDay.submit().catch(() => {});
      const moving = ['gameday_requests_total', 'gameday_postgres_statement_calls_total'].map((counter) => ({
        where: `${counter} in the hold`,
        expr: `sum(rate(${counter}[3s])) and on() count_over_time(gameday_stage{stage="hold"}[5s]) >= 4`,
      }));
      expect(await withoutData(moving, (value) => value > 0, 60_000)).toEqual([]);
      await gameDay.end('the test is over');
      await submitted;
    });
  },
);
