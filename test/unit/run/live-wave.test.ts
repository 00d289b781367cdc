import { describe, expect, it } from 'vitest';
import type { PhaseEvidence } from '../../../harness/domain/evidence.ts';
import type { JournalEvent } from '../../../harness/domain/journal.ts';
import type { RateStage } from '../../../harness/domain/workload.ts';
import { type LiveWaveOptions, playLiveWave } from '../../../harness/run/live-wave.ts';

/** A wave of no length over a world that writes down what is asked of it. */
function world(change: Partial<LiveWaveOptions> = {}) {
  const log: string[] = [];
  const listeners = new Set<(event: JournalEvent) => void>();
  const shape = (stages: readonly RateStage[]) => {
    const [stage] = stages;
    log.push(`rate ${stage?.kind === 'constant' ? stage.times : stage?.kind}`);
  };
  const options = {
    plan: { seconds: { steady: 0, incident: 0 }, settle: 7 },
    measurement: {
      load: { running: { shape } },
      discard: async () => void log.push('cut'),
      async measure(during: () => Promise<void>) {
        await during();
        log.push('measured');
        return { from: 1, to: 2 } as PhaseEvidence;
      },
    },
    journal: {
      follow(listener: (event: JournalEvent) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    direct: () => ({ opened: Promise.resolve(log.push('faults')), close: async () => [] }),
    settle: async (seconds: number) => {
      log.push(`settle ${seconds}`);
      return 'finished';
    },
    signal: new AbortController().signal,
    ...change,
  } as unknown as LiveWaveOptions;
  const happen = (type: string) => {
    for (const listener of listeners) listener({ type } as JournalEvent);
  };
  return { log, options, happen, listeners };
}

/** Work that is done after this has happened. */
const settling = (happening: () => void) => async () => {
  happening();
  return 'finished' as const;
};

describe('playLiveWave', () => {
  it('lets work settle without arrivals before it measures', async () => {
    const { log, options, listeners } = world();
    const wave = await playLiveWave(options);
    expect(log).toEqual(['rate 1', 'faults', 'cut', 'rate 0', 'settle 7', 'measured']);
    expect(wave).toMatchObject({ evidence: { from: 1 }, mixed: false });
    expect(listeners.size).toBe(0);
  });

  it('says when work was left at its end', async () => {
    const left = async (settle: LiveWaveOptions['settle']) => (await playLiveWave(world({ settle }).options)).evidence;
    expect(await left(async () => 'finished')).not.toHaveProperty('unfinished');
    expect(await left(async () => 'unfinished')).toMatchObject({ unfinished: true });
  });

  it('does not pause where nothing has to settle', async () => {
    const { log, options } = world({ plan: { seconds: { steady: 0, incident: 0 } } });
    await playLiveWave(options);
    expect(log).toEqual(['rate 1', 'faults', 'cut', 'measured']);
  });

  it.each(['deploy.started', 'deploy.finished', 'deploy.failed'])('is mixed when %s', async (type) => {
    const { options, happen } = world({ settle: settling(() => happen(type)) });
    expect((await playLiveWave(options)).mixed).toBe(true);
  });

  it('is not mixed by anything else', async () => {
    const { options, happen } = world({ settle: settling(() => happen('note.added')) });
    expect((await playLiveWave(options)).mixed).toBe(false);
  });

  it('ends at once when it is aborted, also while work settles', async () => {
    const ending = new AbortController();
    const { options } = world({
      signal: ending.signal,
      async settle() {
        ending.abort(new Error('over'));
        throw ending.signal.reason;
      },
    });
    await playLiveWave(options);
    const { log, options: later } = world({ signal: ending.signal });
    await playLiveWave(later);
    expect(log).not.toContain('settle 7');
  });
});
