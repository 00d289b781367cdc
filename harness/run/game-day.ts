import { join } from 'node:path';
import type { CompanySize } from '../domain/company.ts';
import { messageOf, usageError } from '../domain/errors.ts';
import type { GameDay, GameDayState, Judgement } from '../domain/game-day.ts';
import type { Journal } from '../domain/journal.ts';
import type { EngineName } from '../domain/load.ts';
import type { Scenario } from '../domain/scenario.ts';
import type { ServiceSource } from '../domain/service.ts';
import { startExporter } from '../exporter/exporter.ts';
import { assertPortFree } from '../exporter/exporter-server.ts';
import { metricsPort } from '../exporter/metrics-port.ts';
import { createUndoStack } from '../platform/undo-stack.ts';
import { bootSandbox, networkOf } from './boot.ts';
import { buildApp, fingerprintApp } from './build-app.ts';
import { calibratedRate } from './calibrate.ts';
import { chooseEngine } from './choose-engine.ts';
import { createDeployer } from './deploy.ts';
import { createHints } from './hints.ts';
import { createJournal } from './journal.ts';
import { planOf } from './plan-of.ts';
import { explainQuery, runReadOnly } from './query.ts';
import { raiseAppAndLoad } from './raise-app.ts';
import { createRunDirectory } from './run-directory.ts';
import { findHandedOut } from './scenario-files.ts';
import { startTracing } from './tracing.ts';
import { createWorkspace, originalApp } from './workspace.ts';

export interface GameDayOptions {
  readonly scenario: Scenario;
  /** Default: the scenario's first. */
  readonly variant?: string;
  readonly size?: CompanySize;
  /** Where PostgreSQL and Redis come from. Default `auto`. */
  readonly services?: ServiceSource;
  /** Overrides the scenario's arrival rate, requests per second. */
  readonly ratePerSecond?: number;
  /** Overrides the scenario's time, minutes. */
  readonly minutes?: number;
  readonly engine?: EngineName;
  readonly seed?: number;
  /** Whether metrics name the faults in force: for those who lead the game day, never for those who play it. */
  readonly facilitator?: boolean;
  readonly signal: AbortSignal;
  readonly onStep?: (step: string, share?: number) => void;
}

export interface RunningGameDay extends GameDay {
  readonly journal: Journal;
  readonly directory: string;
  /** Resolves with why, when everything is stopped. */
  readonly ended: Promise<string>;
}

/**
 * Starts a game day: boots a sandbox, hands out a workspace, lets load flow and the incident play. Resolves once load is flowing.
 * Whatever was started is stopped again when a step fails or `signal` aborts. Throws `VARIANT_UNKNOWN`, `METRICS_PORT_INVALID`,
 * `METRICS_PORT_TAKEN` and whatever booting throws.
 */
export async function startGameDay(options: GameDayOptions): Promise<RunningGameDay> {
  const { scenario, signal, onStep = () => {} } = options;
  const { definition } = scenario;
  const { plan, variant } = planOf(scenario, options.variant);
  const size = options.size ?? definition.size;
  const seed = options.seed ?? 1;
  const engine = chooseEngine(options.engine, plan.workload);
  const port = metricsPort();
  if (port !== undefined) await assertPortFree(port);
  const startedAt = new Date();
  const { run, directory } = createRunDirectory(scenario.id, startedAt);
  const journal = createJournal(join(directory, 'events.jsonl'));
  const undo = createUndoStack();
  journal.write({ type: 'run.started', scenario: scenario.id, variant, size, seed, version: process.version });

  let stage: GameDayState['stage'] = 'booting';
  let tellEnded: (why: string) => void = () => {};
  const ended = new Promise<string>((resolve) => {
    tellEnded = resolve;
  });
  let ending: Promise<void> | undefined;
  function end(why: string): Promise<void> {
    ending ??= (async () => {
      stage = 'ended';
      for (const { name, error } of await undo.unwind()) {
        journal.write({ type: 'harness.troubled', problem: `${name} could not be stopped: ${messageOf(error)}` });
      }
      journal.write({ type: 'run.ended', why });
      journal.close();
      tellEnded(why);
    })();
    return ending;
  }

  try {
    const workspace = join(directory, 'workspace');
    const builds = join(directory, 'builds');
    const tracing = await startTracing(directory, journal);
    undo.push('traces', () => tracing.close());
    const { services } = options;
    const network = networkOf(definition);
    const booting = bootSandbox({
      directory,
      size,
      services,
      journal,
      seed,
      onStep,
      network,
      tracing: tracing.environment,
    }).then((booted) => {
      undo.push('sandbox', () => booted.stop());
      return booted;
    });
    const [booted, built, app, made, loaded] = await Promise.allSettled([
      booting,
      buildApp(originalApp, join(builds, 'original')),
      fingerprintApp(originalApp),
      createWorkspace(workspace, findHandedOut(scenario)),
      loadIncident(),
    ]);
    const [sandbox, original, appDigest] = [settled(booted), settled(built), settled(app)];
    settled(made);
    const { startLiveIncident, hold } = settled(loaded);
    const { logFile, appRole } = sandbox.postgres;
    if (logFile !== undefined) journal.write({ type: 'plans.logged', file: logFile, role: appRole });
    signal.throwIfAborted();

    onStep('App: two replicas and a worker');
    const { loadPlan, load } = await raiseAppAndLoad({ sandbox, plan, build: original, engine, seed });
    undo.push('load', () => load.discard());
    signal.throwIfAborted();
    onStep('Arrival rate for this machine');
    const { providers } = sandbox;
    const key = { scenario: scenario.id, variant, size: definition.size, app: appDigest, traced: true, providers };
    const calibrated =
      options.ratePerSecond === undefined
        ? await calibratedRate(plan.workload.rate, key, loadPlan, sandbox.app.entry, true)
        : { ratePerSecond: options.ratePerSecond, why: 'asked for' };
    journal.write({ type: 'load.calibrated', ...calibrated });
    const { ratePerSecond } = calibrated;
    signal.throwIfAborted();

    const deployer = createDeployer({ workspace, buildDirectory: builds, fleet: () => sandbox.app, journal });
    const hints = createHints(scenario, journal);
    let judgement: Judgement | undefined;
    const state = (): GameDayState => ({
      run,
      scenario: scenario.id,
      title: definition.title,
      variant,
      size,
      stage,
      startedAt: startedAt.toISOString(),
      endsAt: new Date(startedAt.getTime() + (options.minutes ?? definition.minutes) * 60_000).toISOString(),
      workspace,
      entryUrl: sandbox.app.entry.origin,
      databaseUrl: sandbox.postgres.readerUrl,
      redisUrl: sandbox.redis.url,
      hintsTaken: hints.taken(),
      hintsLeft: hints.left(),
      nextHintCost: hints.nextCost(),
      deploys: deployer.count(),
      objectives: plan.objectives.map(({ name, claim }) => ({ check: name, claim })),
      ...(judgement && { judgement }),
    });
    const { facilitator = false } = options;
    const exporter = await startExporter({ sandbox, journal, state, facilitator, port });
    undo.push('exporter', () => exporter.close());

    onStep('Load');
    const onStage = (next: 'steady' | 'incident') => {
      stage = next;
    };
    const incident = await startLiveIncident({
      sandbox,
      plan,
      loadPlan,
      load,
      ratePerSecond,
      journal,
      exporter,
      onStage,
    });
    undo.push('incident', () => incident.stop());
    const holding = new AbortController();
    undo.push('hold', () => holding.abort(new Error('the game day ended')));
    void sandbox.lost.then((what) => {
      if (stage === 'ended') return;
      journal.write({ type: 'service.lost', service: what.split(':')[0]!, problem: what });
      void end(`the game day can't go on: ${what}`);
    });
    signal.addEventListener('abort', () => void end(messageOf(signal.reason)), { once: true });

    const live = () => {
      if (stage !== 'steady' && stage !== 'incident')
        throw usageError('NOT_LIVE', `The incident is over (${stage}).`, 'See `gameday report`.');
    };
    const notEnded = () => {
      if (stage === 'ended')
        throw usageError(
          'RUN_ENDED',
          'The game day has ended.',
          'See `gameday report`, or start another with `gameday play`.',
        );
    };
    async function query<T>(
      kind: 'sql' | 'explain',
      statement: string,
      run: (readerUrl: string, statement: string) => Promise<T>,
    ): Promise<T> {
      notEnded();
      const answer = await run(sandbox.postgres.readerUrl, statement).catch((error: unknown) => {
        journal.write({ type: 'sql.run', kind, statement, ok: false });
        throw error;
      });
      journal.write({ type: 'sql.run', kind, statement, ok: true });
      return answer;
    }

    return {
      journal,
      directory,
      ended,
      state,
      async deploy() {
        live();
        return deployer.deploy();
      },
      async hint() {
        notEnded();
        return hints.take();
      },
      async note(text) {
        notEnded();
        journal.write({ type: 'note.added', text });
      },
      sql: (statement) => query('sql', statement, runReadOnly),
      explain: async (statement) => ({ plan: await query('explain', statement, explainQuery) }),
      async submit() {
        live();
        const submitted = await buildApp(workspace, join(builds, 'submitted'));
        stage = 'hold';
        await incident.stop();
        journal.write({ type: 'submitted' });
        const rate = async () => ratePerSecond;
        judgement = await hold({
          sandbox,
          plan,
          original,
          submitted,
          engine,
          journal,
          exporter,
          rate,
          seed,
          signal: holding.signal,
        });
        await end('submitted');
        return judgement;
      },
      end,
    };
  } catch (error) {
    await end(`not started: ${messageOf(error)}`);
    throw error;
  }
}

/** What is needed after booting, loaded while services start in processes of their own: the load flows that much sooner. */
async function loadIncident() {
  const { startLiveIncident } = await import('./live-incident.ts');
  const { hold } = await import('./hold.ts');
  return { startLiveIncident, hold };
}

function settled<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
