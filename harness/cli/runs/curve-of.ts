import type { Curve } from '../../domain/curve.ts';
import { findScenario } from '../../run/catalogue.ts';
import { readCurve } from '../../run/curve-file.ts';

/** The curve that is kept with a scenario; undefined when there is none, or the scenario is gone or not valid any more. */
export async function curveOf(id: string): Promise<Curve | undefined> {
  return findScenario(id)
    .then(readCurve)
    .catch(() => undefined);
}
