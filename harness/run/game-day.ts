import { join } from 'node:path';
import type { CompanySize } from '../domain/company.ts';
import { messageOf, usageError } from '../domain/errors.ts';
import type { GameDay, GameDayState, Judgement } from '../domain/game-day.ts';
import type { Journal } from '../domain/journal.ts';
import type { Scenario } from '../domain/scenario.ts';
import type { LoadPlan } from '../domain/workload.ts';
import { embeddedEngine } from '../engines/embedded/embedded-engine.ts';
import { writeFileAtomic } from '../platform/files.ts';
import { createUndoStack } from '../platform/undo-stack.ts';
import { bootSandbox } from './boot.ts';
import { buildApp, fingerprintApp } from './build-app.ts';
import { calibratedRate } from './calibrate.ts';
import { createDeployer } from './deploy.ts';
import { createJournal } from './journal.ts';
import { judge } from './judge.ts';
import { startLiveIncident } from './live-incident.ts';
import { playArm, raiseApp, surveyBuild } from './play-arm.ts';
import { explainQuery, runReadOnly } from './query.ts';
import { createRunDirectory } from './run-directory.ts';
import { readHint } from './scenario-files.ts';
import { createWorkspace, originalApp } from './workspace.ts';

export interface GameDayOptions {
  readonly scenario: Scenario;
  /** Default: the scenario's first. */
  readonly variant?: string;
  readonly size?: CompanySize;
  /** Overrides the scenario's arrival rate, requests per second. */
  readonly ratePerSecond?: number;
  /** Overrides the scenario's time, minutes. */
  readonly minutes?: number;
  readonly seed?: number;
  readonly signal: AbortSignal;
  readonly onStep?: (step: string, share?: number) => void;
}

export interface RunningGameDay extends GameDay {
  readonly journal: Journal;
  readonly directory: string;
  /** Resolves with why, when everything is stopped. */
  readonly ended: Promise<string>;
}

const hints = 3;
const defaultHintCosts = [5, 10, 20] as const;

/**
 * Starts a game day: boots a sandbox, hands out a workspace, lets load flow and the incident play. Resolves once load is flowing.
 * Whatever was started is stopped again when a step fails or `signal` aborts. Throws `VARIANT_UNKNOWN` and whatever booting throws.
 */
export async function startGameDay(options: GameDayOptions): Promise<RunningGameDay> {
  const { scenario, signal, onStep = () => {} } = options;
  const { definition } = scenario;
  const variant = options.variant ?? scenario.variants[0]!;
  if (!scenario.variants.includes(variant)) {
    throw usageError(
      'VARIANT_UNKNOWN',
      `${scenario.id} has no variant "${variant}".`,
      `Known: ${scenario.variants.join(', ')}`,
    );
  }
  const plan = definition.plan(definition.variants[variant]);
  const size = options.size ?? definition.size;
  const seed = options.seed ?? 1;
  const startedAt = new Date();
  const { run, directory } = createRunDirectory(scenario.id, startedAt);
  const journal = createJournal(join(directory, 'events.jsonl'));
  const undo = createUndoStack();
  undo.push('journal', () => journal.close());
  journal.write({ type: 'run.started', scenario: scenario.id, variant, size, seed, version: process.version });

  let resolveEnded: (why: string) => void = () => {};
  const ended = new Promise<string>((resolve) => {
    resolveEnded = resolve;
  });
  let ending: Promise<void> | undefined;
  function end(why: string): Promise<void> {
    ending ??= (async () => {
      stage = 'ended';
      journal.write({ type: 'run.ended', why });
      await undo.unwind();
      resolveEnded(why);
    })();
    return ending;
  }

  let stage: GameDayState['stage'] = 'booting';
  try {
    const workspace = join(directory, 'workspace');
    const builds = join(directory, 'builds');
    const [sandbox, original, appDigest] = await Promise.all([
      bootSandbox({
        directory,
        size,
        journal,
        seed,
        onStep,
        network: { postgresMs: definition.network?.postgresMs ?? 1, redisMs: definition.network?.redisMs ?? 0 },
      }),
      buildApp(originalApp, join(builds, 'original')),
      fingerprintApp(originalApp),
      createWorkspace(workspace),
    ]);
    undo.push('sandbox', () => sandbox.stop());
    signal.throwIfAborted();

    onStep('Starting the app: two replicas and a worker');
    const prepared = await raiseApp({ sandbox, plan, build: original, seed });
    signal.throwIfAborted();
    onStep('Finding the arrival rate for this machine');
    const key = { scenario: scenario.id, variant, size: definition.size, app: appDigest };
    let calibrated: Awaited<ReturnType<typeof calibratedRate>> | undefined;
    const rate = async (loadPlan: LoadPlan, entry: URL) => {
      calibrated ??=
        options.ratePerSecond === undefined
          ? await calibratedRate(plan.workload.rate, key, loadPlan, entry, true)
          : { ratePerSecond: options.ratePerSecond, why: 'asked for' };
      journal.write({ type: 'load.calibrated', ...calibrated });
      return calibrated.ratePerSecond;
    };
    const loadPlan = { ...prepared, ratePerSecond: await rate(prepared, sandbox.app.entry) };
    signal.throwIfAborted();

    onStep('Load');
    const incident = await startLiveIncident({
      sandbox,
      plan,
      loadPlan,
      engine: embeddedEngine,
      journal,
      onStage: (next) => {
        stage = next;
      },
    });
    undo.push('incident', () => incident.stop());
    const deployer = createDeployer({ workspace, buildDirectory: builds, fleet: () => sandbox.app, journal });
    const holdAbort = new AbortController();
    undo.push('hold', () => holdAbort.abort(new Error('the game day ended')));
    void sandbox.lost.then((what) => {
      journal.write({ type: 'service.lost', service: what.split(':')[0]!, problem: what });
      return end(`${what} — the game day can't go on`);
    });
    signal.addEventListener('abort', () => void end(messageOf(signal.reason)), { once: true });

    let hintsTaken = 0;
    let judgement: Judgement | undefined;
    const costs = definition.hintCosts ?? defaultHintCosts;
    const refuseUnlessLive = () => {
      if (stage !== 'steady' && stage !== 'incident')
        throw usageError('NOT_LIVE', `The incident is over (${stage}).`, 'See `gameday report`.');
    };
    const refuseWhenEnded = () => {
      if (stage === 'ended')
        throw usageError(
          'RUN_ENDED',
          'The game day has ended.',
          'See `gameday report`, or start another with `gameday play`.',
        );
    };

    async function hold(): Promise<Judgement> {
      const submitted = await buildApp(workspace, join(builds, 'submitted'));
      stage = 'hold';
      journal.write({ type: 'submitted' });
      journal.write({ type: 'phase.started', phase: 'hold' });
      await incident.stop();
      const originalSurvey = await surveyBuild({ sandbox, plan, build: original, seed, journal });
      const evidence = await playArm({
        sandbox,
        plan,
        build: submitted,
        engine: embeddedEngine,
        journal,
        rate,
        originalSurvey,
        seed,
        signal: holdAbort.signal,
      });
      writeFileAtomic(join(directory, 'evidence-hold.json'), JSON.stringify(evidence, null, 1));
      const verdict = judge(plan, evidence);
      journal.write({ type: 'phase.ended', phase: 'hold' });
      journal.write({ type: 'judged', arm: 'submission', ...verdict });
      return verdict;
    }

    return {
      journal,
      directory,
      ended,
      state: () => ({
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
        hintsTaken,
        hintsLeft: hints - hintsTaken,
        nextHintCost: costs[hintsTaken],
        deploys: deployer.count(),
        objectives: plan.objectives.map(({ name, claim }) => ({ check: name, claim })),
        ...(judgement && { judgement }),
      }),
      async deploy() {
        refuseUnlessLive();
        return deployer.deploy();
      },
      async hint() {
        refuseWhenEnded();
        if (hintsTaken >= hints)
          throw usageError('NO_HINT_LEFT', `All ${hints} hints are taken.`, '`gameday report` shows them again.');
        const number = hintsTaken + 1;
        const text = await readHint(scenario, number);
        hintsTaken = number;
        const cost = costs[number - 1]!;
        journal.write({ type: 'hint.taken', hint: number, cost });
        return { number, cost, text };
      },
      async note(text) {
        refuseWhenEnded();
        journal.write({ type: 'note.added', text });
      },
      async sql(statement) {
        refuseWhenEnded();
        return journaled('sql', statement, () => runReadOnly(sandbox.postgres.readerUrl, statement));
      },
      async explain(query) {
        refuseWhenEnded();
        return { plan: await journaled('explain', query, () => explainQuery(sandbox.postgres.readerUrl, query)) };
      },
      async submit() {
        refuseUnlessLive();
        judgement = await hold();
        await end('submitted');
        return judgement;
      },
      end,
    };

    async function journaled<T>(kind: 'sql' | 'explain', statement: string, run: () => Promise<T>): Promise<T> {
      let ok = false;
      try {
        const result = await run();
        ok = true;
        return result;
      } finally {
        journal.write({ type: 'sql.run', kind, statement, ok });
      }
    }
  } catch (error) {
    await end(`not started: ${messageOf(error)}`);
    throw error;
  }
}
