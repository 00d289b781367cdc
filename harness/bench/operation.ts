import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../domain/median.ts';
import type { Bench, Measurement } from './bench.ts';
import { startGameDayProcess } from './game-day-process.ts';
import { proportionalMemory } from './proportional-memory.ts';

const DEPLOYS = 3;
/** Until the incident of the scenario has overloaded the app. */
const INCIDENT_MS = 25_000;
/** A deployed version lives for a moment, so that each replaces one that serves. */
const BETWEEN_MS = 4_000;

/** What a participant waits for while the incident plays, and what it all takes up meanwhile. */
export const operation: Bench = {
  name: 'operation',
  about: 'deploying and stopping in the middle of an incident, and memory',
  async run() {
    const gameDay = await startGameDayProcess('slow-account-list');
    let memory: number;
    try {
      await sleep(INCIDENT_MS);
      memory = await proportionalMemory(gameDay.pid);
      for (let i = 0; i < DEPLOYS; i++) {
        await gameDay.deploy();
        await sleep(BETWEEN_MS);
      }
    } catch (error) {
      await gameDay.interrupt();
      throw error;
    }
    const deploys = gameDay.journal().flatMap((event) => (event.type === 'deploy.finished' ? [event.seconds] : []));
    const stop = (await gameDay.interrupt()) / 1_000;
    return [
      atMost(`deploy (median of ${DEPLOYS})`, median(deploys), 3, 's'),
      atMost('stop', stop, 3, 's'),
      atMost('memory of all processes (PSS)', memory / 2 ** 20, 1_024, 'MiB'),
    ];
  },
};

function atMost(figure: string, measured: number, limit: number, unit: string): Measurement {
  return { figure, target: `≤ ${limit} ${unit}`, measured, unit, ok: measured <= limit };
}
