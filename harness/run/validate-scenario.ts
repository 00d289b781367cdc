import { z } from 'zod';
import { companySizes } from '../domain/company.ts';
import { messageOf } from '../domain/errors.ts';
import { levels, type ScenarioDefinition, type ScenarioPlan } from '../domain/scenario.ts';

const text = z.string({ error: 'must be a text' }).min(1, 'must not be empty');

const rate = z.union([
  z.strictObject({ perSecond: z.number().positive() }),
  z.strictObject({
    timesFlawedCapacity: z.number().positive(),
    atLeast: z.number().positive(),
    atMost: z.number().positive(),
  }),
]);

const check = z.looseObject({ name: text, claim: text });

const planSchema = z.looseObject({
  workload: z.strictObject({
    rate,
    pools: z.record(z.string(), z.strictObject({ sql: text, draw: z.enum(['uniform', 'zipf', 'once']) })),
    requests: z
      .array(
        z.looseObject({
          name: text,
          path: z.string().startsWith('/', 'must begin with /'),
          weight: z.number().positive(),
        }),
      )
      .min(1),
    k6: z.strictObject({ script: text }).optional(),
  }),
  seconds: z.strictObject({ steady: z.number().positive(), incident: z.number().positive() }),
  rollOut: z.strictObject({ at: z.number().nonnegative(), within: z.number().positive().optional() }).optional(),
  noise: z.array(z.looseObject({ name: text, summary: text })).optional(),
  timeline: z.array(z.looseObject({ at: z.number().nonnegative(), lasting: z.number().positive().optional() })),
  steadyState: z.array(check),
  objectives: z.array(check).min(1, 'must hold at least one check'),
});

const definitionSchema = z.looseObject({
  title: text,
  summary: text,
  failure: text,
  level: z.enum(levels),
  minutes: z.number().positive('must be more than 0'),
  skills: z.array(text).min(1, 'must name at least one'),
  size: z.enum(companySizes),
  growsWith: z.array(text).min(1, 'must name at least one objective').optional(),
  variants: z.record(z.string(), z.unknown()),
  plan: z.custom<(variant: unknown) => unknown>((value) => typeof value === 'function', 'must be a function'),
});

const rubricSchema = z.strictObject({
  facts: z.array(text).min(1, 'must state at least one'),
  dimensions: z
    .array(z.strictObject({ name: text, anchors: z.strictObject({ 1: text, 3: text, 5: text }) }))
    .min(1, 'must hold at least one'),
});

/** What is wrong with a rubric's default export, one line each with the path of the field; empty when it is valid. */
export function validateRubric(value: unknown): readonly string[] {
  if (value === undefined) return ['it has no default export; write `export default defineRubric({ … })`'];
  const parsed = rubricSchema.safeParse(value);
  return parsed.success ? [] : problemsOf(parsed.error, '');
}

/** What is wrong with a scenario's default export, one line each with the path of the field; empty when it is valid. Builds the plan of every variant. */
export function validateDefinition(value: unknown): readonly string[] {
  if (value === undefined) return ['it has no default export; write `export default defineScenario({ … })`'];
  const parsed = definitionSchema.safeParse(value);
  if (!parsed.success) return problemsOf(parsed.error, '');
  const definition = value as ScenarioDefinition;
  const variants = Object.entries(definition.variants);
  if (variants.length === 0) return ['variants: at least one is needed'];
  return variants.flatMap(([name, variant]) =>
    validatePlan(name, () => definition.plan(variant), definition.growsWith),
  );
}

function validatePlan(
  variant: string,
  build: () => ScenarioPlan,
  growsWith: readonly string[] = [],
): readonly string[] {
  const where = `plan(${variant}).`;
  let plan: ScenarioPlan;
  try {
    plan = build();
  } catch (error) {
    return [`${where.slice(0, -1)} failed: ${messageOf(error)}`];
  }
  const parsed = planSchema.safeParse(plan);
  if (!parsed.success) return problemsOf(parsed.error, where);
  return [
    ...repeated(plan.workload.requests.map((r) => r.name)).map(
      (name) => `${where}workload.requests: two are named "${name}"`,
    ),
    ...repeated(plan.objectives.map((c) => c.name)).map((name) => `${where}objectives: two checks are named "${name}"`),
    ...(plan.rollOut && !plan.objectives.some(({ name }) => name === 'rolled-out')
      ? [`${where}objectives: a plan with a roll-out needs rolledOut()`]
      : []),
    ...growsWith
      .filter((check) => !plan.objectives.some(({ name }) => name === check))
      .map((check) => `growsWith: no objective of variant ${variant} is named "${check}"`),
    ...plan.timeline
      .filter((entry) => entry.at >= plan.seconds.incident)
      .map(
        (entry) =>
          `${where}timeline: ${entry.fault.name} at ${entry.at} s begins after the incident's ${plan.seconds.incident} s`,
      ),
  ];
}

function problemsOf(error: z.ZodError, where: string): readonly string[] {
  return error.issues.map((issue) => `${where}${issue.path.join('.')}: ${issue.message}`);
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}
