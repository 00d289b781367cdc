import type { Bench } from './bench.ts';
import { startGameDayProcess, withEmptyCache } from './game-day-process.ts';
import { absolute, atMost } from './limit.ts';

const WARM_STARTS = 5;

/** From `npm start` to the first request of the load: once with an empty cache (initdb, migrations, seeding, calibration), then with what that left. */
export const start: Bench = {
  name: 'start',
  about: 'seconds from npm start to load flowing, cold and warm',
  run: () =>
    withEmptyCache(async (cache) => {
      const seconds: number[] = [];
      for (let i = 0; i <= WARM_STARTS; i++) {
        const gameDay = await startGameDayProcess('slow-account-list', cache);
        seconds.push(gameDay.toLoadMs / 1_000);
        await gameDay.interrupt();
      }
      const [cold, ...warm] = seconds;
      return [
        absolute({ figure: 'cold start', unit: 's', ours: [cold!] }, atMost(12, 's')),
        absolute({ figure: 'warm start', unit: 's', ours: warm }, atMost(3, 's')),
      ];
    }),
};
