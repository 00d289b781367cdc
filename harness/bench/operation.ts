import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { startGameDayProcess } from './game-day-process.ts';
import { absolute, atMost } from './limit.ts';
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
      absolute({ figure: 'deploy', unit: 's', ours: deploys }, atMost(3, 's')),
      absolute({ figure: 'stop', unit: 's', ours: [stop] }, atMost(3, 's')),
      absolute(
        { figure: 'memory of all processes (PSS)', unit: 'MiB', ours: [memory / 2 ** 20] },
        atMost(1_024, 'MiB'),
      ),
    ];
  },
};
