import type {
  Evidence,
  LoadReading,
  MachineReading,
  PhaseEvidence,
  RequestFigures,
  SurveyedRequest,
} from '../../../harness/domain/evidence.ts';

const absent = { ok: false, reason: 'the meter is dead' } as const;

const deadPhase: PhaseEvidence = {
  from: 0,
  to: 10_000,
  load: absent,
  statements: absent,
  tables: absent,
  activity: absent,
  plans: absent,
  redis: absent,
  queues: absent,
  processes: absent,
  machine: absent,
  app: absent,
  ledgers: absent,
  invariants: absent,
};

/** Evidence in which every meter died. */
export const noEvidence: Evidence = {
  survey: absent,
  originalSurvey: absent,
  phases: { steady: deadPhase, incident: deadPhase },
  faults: [],
  replicas: 2,
};

export function present<T>(value: T) {
  return { ok: true, value } as const;
}

/** Evidence of an incident in which these meters read something, after a steady phase in which those did. */
export function incidentWith(
  readings: Partial<PhaseEvidence>,
  rest: Partial<Evidence> = {},
  before: Partial<PhaseEvidence> = {},
): Evidence {
  const phases = { steady: { ...deadPhase, ...before }, incident: { ...deadPhase, ...readings } };
  return { ...noEvidence, phases, ...rest };
}

export function figures(given: Partial<RequestFigures> = {}): RequestFigures {
  return { ok: 100, errors: {}, p50: 1, p95: 10, p99: 20, p999: 30, max: 40, ...given };
}

export function load(given: Partial<LoadReading> = {}) {
  const all = given.all ?? figures();
  return present<LoadReading>({
    seconds: 10,
    intended: 100,
    dropped: 0,
    exhausted: 0,
    sendLatenessP99Ms: 1,
    requests: { 'list accounts': all },
    all,
    distinctRows: { users: 10 },
    ...given,
  });
}

export function statements(...calls: readonly (readonly [query: string, calls: number])[]) {
  const list = calls.map(([query, count]) => ({ query, calls: count, rows: count, buffers: count, execMs: count }));
  const total = list.reduce((sum, { calls: count }) => sum + count, 0);
  return present({ statements: list, calls: total, rows: total, buffers: total });
}

export function surveyedRequest(given: Partial<SurveyedRequest> = {}): SurveyedRequest {
  const answer = { method: 'GET', path: '/v1/accounts', status: 200, body: '{"items":[{"id":1,"total":12}]}' };
  return { request: 'list accounts', statements: 2, rows: 50, buffers: 40, answers: [answer], ...given };
}

/** Ten seconds of a machine with two cores: CPU seconds, the rest of the 20 is ours. */
export function machine({ foreign = 0, idle = 0, stolen = 0 }) {
  return present<MachineReading>({
    cores: 2,
    capacitySeconds: 20,
    idleSeconds: idle,
    stolenSeconds: stolen,
    oursSeconds: 20 - foreign - idle,
    foreignSeconds: foreign,
  });
}

/** Other programs had half of a machine that had nothing left. */
export const contended = machine({ foreign: 10 });
