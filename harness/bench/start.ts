import { median } from '../domain/median.ts';
import type { Bench, Measurement } from './bench.ts';
import { startGameDayProcess, withEmptyCache } from './game-day-process.ts';

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
      return [startOf('cold start', cold!, 12), startOf(`warm start (median of ${WARM_STARTS})`, median(warm), 3)];
    }),
};

function startOf(figure: string, measured: number, target: number): Measurement {
  return { figure, target: `≤ ${target} s`, measured, unit: 's', ok: measured <= target };
}
