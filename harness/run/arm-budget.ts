import { seededRandom } from '../domain/random.ts';
import type { PlannedArm } from './proof-arms.ts';

/** Which arms of a proof are played when there is only so much time. */
export interface ArmBudget {
  /** Whether this arm can be played and leaves time for those that have to be. Those are always played. */
  readonly hasTimeFor: (arm: PlannedArm) => boolean;
  /** It is played now. */
  readonly begin: (arm: PlannedArm) => void;
}

/** Without these nothing is proven. */
const hasToBePlayed = ({ kind }: PlannedArm) => kind === 'flawed' || kind === 'solution';

/**
 * A budget that starts now. An arm is taken to last as long as those before it did on average.
 * @param planned all arms that are to be played
 * @param seconds how long they may take; without it there is time for all
 * @param now milliseconds on a clock that never goes back
 */
export function armBudget(
  planned: readonly PlannedArm[],
  seconds = Number.POSITIVE_INFINITY,
  now: () => number = () => performance.now(),
): ArmBudget {
  const started = now();
  let ahead = planned.filter(hasToBePlayed).length;
  let begun = 0;
  return {
    hasTimeFor(arm) {
      if (hasToBePlayed(arm)) return true;
      const elapsed = (now() - started) / 1_000;
      return elapsed + (elapsed / Math.max(1, begun)) * (ahead + 1) <= seconds;
    },
    begin(arm) {
      begun += 1;
      if (hasToBePlayed(arm)) ahead -= 1;
    },
  };
}

/**
 * The arms in an order in which, from one seed to the next, others come last: what there is no time for today is played another day. The app as handed out
 * and the reference solution stay first in their variant.
 */
export function dealArms(planned: readonly PlannedArm[], seed: number): readonly PlannedArm[] {
  const random = seededRandom(seed, 'arms');
  const dealt = planned.map((arm) => ({ arm, place: hasToBePlayed(arm) ? -1 : random() }));
  const variants = [...new Set(planned.map(({ variant }) => variant))];
  return variants.flatMap((variant) =>
    dealt
      .filter(({ arm }) => arm.variant === variant)
      .sort((one, other) => one.place - other.place)
      .map(({ arm }) => arm),
  );
}
