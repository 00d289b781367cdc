import type { Curve } from '../../domain/curve.ts';
import { usageError } from '../../domain/errors.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { ServiceSource } from '../../domain/service.ts';
import { interruption } from '../../platform/signals.ts';
import { thisMachine } from '../../platform/this-machine.ts';
import { curveChart } from '../../reports/curve-chart.ts';
import { readCurve, writeCurve } from '../../run/curve-file.ts';
import { measureCurve } from '../../run/measure-curve.ts';
import { findScenario } from '../find-scenario.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface CurveWishes {
  readonly measure?: true;
  readonly services?: ServiceSource;
}

/** Shows the curve that is kept with a scenario, or measures and keeps it first. Throws `CURVE_MISSING`, and what measuring throws. */
export async function showCurve(id: string, wishes: CurveWishes, terminal: Terminal): Promise<void> {
  const scenario = await findScenario(id);
  const curve = wishes.measure ? await measured(scenario, wishes, terminal) : await kept(scenario);
  if (terminal.json) return terminal.outJson(curve);
  terminal.out(curveChart(curve, terminal.width, (text) => terminal.paint('red', text)));
  terminal.err(
    terminal.errPaint('dim', `Variant ${curve.variant}, measured on ${curve.measuredOn}: ${curve.machine}.`),
  );
}

async function measured(scenario: Scenario, { services }: CurveWishes, terminal: Terminal): Promise<Curve> {
  const signal = interruption();
  const today = { measuredOn: new Date().toISOString().slice(0, 10), machine: thisMachine() };
  const curve = await measureCurve(scenario, today, {
    signal,
    ...(services && { services }),
    onArm: (what) => terminal.err(`  ${what}`),
  }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error;
  });
  terminal.err(`Wrote ${writeCurve(scenario, curve)}`);
  return curve;
}

async function kept(scenario: Scenario): Promise<Curve> {
  const curve = await readCurve(scenario);
  if (curve !== undefined) return curve;
  throw usageError(
    'CURVE_MISSING',
    `No curve of ${scenario.id} is kept.`,
    scenario.definition.growsWith
      ? `gameday curve ${scenario.id} --measure`
      : 'Its scenario names no check in growsWith.',
  );
}
