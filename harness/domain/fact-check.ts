import type { Claim, Quantity } from './diagnosis.ts';
import type { LedgersReading, PlanSeen, StatementFigures, SurveyedRequest } from './evidence.ts';
import type { LiveSample } from './journal.ts';
import { median } from './median.ts';
import { statementOf, type Trace } from './trace.ts';

/** What a run has recorded, as far as a diagnosis can cite it. */
export interface RecordedFacts {
  /** Whether there was a submission: statements, survey and ledgers come from its judgement. */
  readonly isJudged: boolean;
  /** By the id that `statementId` gives them. */
  readonly statements: ReadonlyMap<string, StatementFigures>;
  /** What requests asked of the database, of the app as handed out and of the one that was judged. */
  readonly survey: Readonly<Record<'before' | 'after', readonly SurveyedRequest[]>>;
  /** The live figures, with the time of day in UTC as `HH:MM:SS`. */
  readonly samples: readonly { readonly time: string; readonly sample: LiveSample }[];
  readonly plans: readonly PlanSeen[];
  readonly traces: readonly Trace[];
  /** What third parties saw when the incident was played for judgement. */
  readonly ledgers: LedgersReading | undefined;
}

export interface CheckedClaim extends Claim {
  readonly verdict: 'confirmed' | 'contradicted' | 'not checkable';
  readonly why: string;
}

/** Figures in a text are rounded, and what was measured is one second's and not another's: share of the recorded figure. */
const tolerance = 0.15;

type Finding = Pick<CheckedClaim, 'verdict' | 'why'>;

/** Holds a claim against what the run has recorded: whether the evidence is there, and whether it shows the figure. */
export function checkClaim(claim: Claim, facts: RecordedFacts): CheckedClaim {
  const isEarly = !facts.isJudged && ['statement', 'survey', 'ledger'].includes(claim.kind);
  const finding = isEarly ? notCheckable('it is measured when the run is judged: gameday submit') : undefined;
  return { ...claim, ...(finding ?? checkers[claim.kind](claim, facts)) };
}

const checkers: Readonly<Record<Claim['kind'], (claim: Claim, facts: RecordedFacts) => Finding>> = {
  plan({ source, quantity }, { plans }) {
    if (plans.length === 0) return notCheckable('the run has no logged plans');
    const wanted = source.toLowerCase();
    const shown = plans.filter(({ plan }) => plan.toLowerCase().includes(wanted));
    if (shown.length === 0) return contradicted(`none of ${plans.length} logged plans has "${source}"`);
    if (quantity === undefined) return confirmed(`${shown.length} of ${plans.length} logged plans have it`);
    const slowest = Math.max(...shown.map(({ durationMs }) => durationMs));
    return quantity.unit.startsWith('ms')
      ? compared(quantity, slowest, 'ms in the slowest of these plans')
      : notCheckable(`of a plan only its milliseconds can be checked, not "${quantity.unit}"`);
  },

  statement({ source, quantity }, { statements }) {
    const found = [...statements].filter(([id]) => id.startsWith(source.toLowerCase()));
    const [one] = found;
    if (one === undefined || found.length > 1) return contradicted(`no statement of the run is called "${source}"`);
    const [, figures] = one;
    if (quantity === undefined) return confirmed(figures.query);
    const perCall = { rows: figures.rows, pages: figures.buffers, buffers: figures.buffers, ms: figures.execMs };
    if (/^calls\b|^times\b/.test(quantity.unit)) return compared(quantity, figures.calls, 'calls');
    return byUnit(quantity, perCall, (value) => value / figures.calls, 'per call');
  },

  survey({ source, quantity }, { survey }) {
    const [request = '', side] = source.split(',').map((part) => part.trim());
    const of = (when: 'before' | 'after') => survey[when].find((one) => one.request === request);
    const [before, after] = [of('before'), of('after')];
    const units = (one: SurveyedRequest) => ({
      statements: one.statements,
      rows: one.rows,
      pages: one.buffers,
      buffers: one.buffers,
    });
    if (side === 'before' || side === 'after') {
      const one = of(side);
      if (one === undefined) return contradicted(`no request "${request}" was looked at ${side} the change`);
      if (quantity === undefined) return noFigure;
      return byUnit(quantity, units(one), (value) => value, `${side} the change`);
    }
    if (before === undefined || after === undefined) return contradicted(`no request "${request}" was looked at`);
    if (quantity === undefined) return noFigure;
    const [unit] = Object.entries(units(before)).find(([name]) => quantity.unit.includes(name)) ?? [];
    if (unit === undefined) return notCheckable(`"${quantity.unit}" does not say what there is less of`);
    const name = unit as keyof ReturnType<typeof units>;
    return compared(quantity, units(before)[name] / units(after)[name], `times as many ${unit} before`);
  },

  metric({ source, quantity }, { samples }) {
    const parts = source.split(',').map((part) => part.trim());
    const route = parts.find((part) => part.startsWith('route='))?.slice('route='.length);
    const [from = '', to = from] = parts.filter((part) => /^\d\d:\d\d(?::\d\d)?$/.test(part));
    const seen = samples.filter(({ time }) => from === '' || (time >= from && time.slice(0, to.length) <= to));
    if (seen.length === 0) return contradicted(`nothing was measured from ${from} to ${to}`);
    if (quantity === undefined) return noFigure;
    const values = seen.map(({ sample }) => figureOf(sample, route, quantity)).filter((value) => value !== undefined);
    if (values.length === 0)
      return notCheckable(
        `the figures of ${route === undefined ? 'the run' : `"${route}"`} have no "${quantity.unit}"`,
      );
    const sorted = values.sort((one, other) => one - other);
    const [least, most] = [sorted[0]!, sorted.at(-1)!];
    // A phase has its worst second, its best, and what is usual: each of them may be meant.
    const near = [...usualOf(sorted), most, least].find((value) => isNear(quantity.value, value));
    return near === undefined
      ? contradicted(`usually it was ${rounded(median(sorted))}, from ${rounded(least)} to ${rounded(most)}`)
      : confirmed(`${rounded(near)} was measured`);
  },

  trace({ source, quantity }, { traces }) {
    const found = traces.filter(({ id }) => id.startsWith(source.toLowerCase()));
    const [trace] = found;
    if (trace === undefined || found.length > 1) return contradicted(`no trace of the run is called "${source}"`);
    if (quantity === undefined) return confirmed(`${trace.spans.length} spans`);
    const statements = trace.spans.filter((span) => statementOf(span) !== undefined).length;
    const ends = trace.spans.map(({ startMs, durationMs }) => startMs + durationMs);
    const ms = Math.max(...ends) - Math.min(...trace.spans.map(({ startMs }) => startMs));
    return byUnit(quantity, { statements, queries: statements, ms }, (value) => value, 'in this trace');
  },

  ledger({ source, quantity }, { ledgers }) {
    const [party = '', kind] = source.split('.');
    const entries = ledgers?.[party as keyof LedgersReading];
    if (entries === undefined) return notCheckable(`no ledger of "${party}" was kept`);
    const count = entries.filter((entry) => kind === undefined || entry.kind === kind).length;
    return quantity === undefined
      ? count > 0
        ? confirmed(`${count} entries`)
        : contradicted('the ledger has no such entry')
      : compared(quantity, count, 'entries');
  },
};

/** The half of the seconds in the middle: where most of a phase's seconds lie, one is as usual as the other. */
function usualOf(sorted: readonly number[]): readonly number[] {
  const quarter = Math.floor(sorted.length / 4);
  return sorted.slice(quarter, sorted.length - quarter);
}

function figureOf(sample: LiveSample, route: string | undefined, { unit, percentile = 95 }: Quantity) {
  const figures = route === undefined ? undefined : sample.requests[route];
  // In a second without an answer nothing took long, nor short.
  const ms = figures?.rate === 0 ? undefined : figures?.[`p${percentile}` as 'p50' | 'p95' | 'p99'];
  if (unit.startsWith('ms')) return ms;
  if (/^s(?:econds?)?\b/.test(unit)) return ms === undefined ? undefined : ms / 1_000;
  if (unit.startsWith('statements')) return sample.statementsPerRequest;
  if (unit.startsWith('%')) return 100 * sample.errorRate;
  if (unit.startsWith('requests')) return figures?.rate ?? sample.ratePerSecond;
  if (unit.startsWith('waiting')) return sample.pool?.waiting;
  return undefined;
}

function byUnit(
  quantity: Quantity,
  figures: Readonly<Record<string, number>>,
  value: (figure: number) => number,
  where: string,
): Finding {
  const found = Object.entries(figures).find(([unit]) => quantity.unit.startsWith(unit));
  if (found === undefined)
    return notCheckable(`"${quantity.unit}" is not among what was measured: ${Object.keys(figures).join(', ')}`);
  return compared(quantity, value(found[1]), `${found[0]} ${where}`);
}

function compared({ value }: Quantity, measured: number, what: string): Finding {
  const text = `${rounded(measured)} ${what}`;
  return isNear(value, measured) ? confirmed(text) : contradicted(`the run has ${text}`);
}

const isNear = (said: number, measured: number) => Math.abs(said - measured) <= Math.max(tolerance * measured, 0.5);
const rounded = (value: number) => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10);

const confirmed = (why: string): Finding => ({ verdict: 'confirmed', why });
const contradicted = (why: string): Finding => ({ verdict: 'contradicted', why });
const notCheckable = (why: string): Finding => ({ verdict: 'not checkable', why });
/** What is measured is cited for a figure; that it was measured shows nothing. */
const noFigure = notCheckable('no figure with a unit stands before it');
