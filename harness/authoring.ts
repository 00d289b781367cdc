/** The only file a scenario imports: everything an author needs, in the order in which a scenario is told. */
import type { ReviewDefinition } from './domain/review.ts';
import type { Rubric } from './domain/rubric.ts';
import type { ScenarioDefinition } from './domain/scenario.ts';
import type { WritingDefinition } from './domain/writing.ts';

/** Gives a scenario its types; returns it unchanged. The type of `variants` flows into `plan`. */
export function defineScenario<V>(definition: ScenarioDefinition<V>): ScenarioDefinition<V> {
  return definition;
}

/** Gives a rubric its types; returns it unchanged. */
export function defineRubric(rubric: Rubric): Rubric {
  return rubric;
}

/** Gives an exercise in reviewing its types; returns it unchanged. */
export function defineReview(definition: ReviewDefinition): ReviewDefinition {
  return definition;
}

/** Gives an exercise in writing its types; returns it unchanged. */
export function defineWriting(definition: WritingDefinition): WritingDefinition {
  return definition;
}

// What must be true.
export { answersMatch } from './checks/answers-match.ts';
export { buffersPerCall } from './checks/buffers-per-call.ts';
export { cacheHitRateOver } from './checks/cache-hit-rate-over.ts';
export { callsAtOnce } from './checks/calls-at-once.ts';
export { callsGivenUp } from './checks/calls-given-up.ts';
export { callsPerPayment } from './checks/calls-per-payment.ts';
export { changesShownWithin } from './checks/changes-shown-within.ts';
export { confirmedMeanwhile } from './checks/confirmed-meanwhile.ts';
export { downloadsComplete } from './checks/downloads-complete.ts';
export { errorRateUnder } from './checks/error-rate-under.ts';
export { eventLoopLagUnder } from './checks/event-loop-lag-under.ts';
export { exactlyOnce } from './checks/exactly-once.ts';
export { heldUp } from './checks/held-up.ts';
export { invariant } from './checks/invariant.ts';
export { memoryGrowthUnder } from './checks/memory-growth-under.ts';
export { noSeqScanOver } from './checks/no-seq-scan-over.ts';
export { originLoadsPerKey } from './checks/origin-loads-per-key.ts';
export { p95Under } from './checks/p95-under.ts';
export { p99Under } from './checks/p99-under.ts';
export { poolWaitUnder } from './checks/pool-wait-under.ts';
export { queueDrained } from './checks/queue-drained.ts';
export { revokedWithin } from './checks/revoked-within.ts';
export { rolledOut } from './checks/rolled-out.ts';
export { sameResponses } from './checks/same-responses.ts';
export { searchesFind } from './checks/searches-find.ts';
export { statementsPerRequest } from './checks/statements-per-request.ts';
export { statementsPerRequestUnderLoad } from './checks/statements-per-request-under-load.ts';
export { tenantsApart } from './checks/tenants-apart.ts';
export { usualBuffersPerRequest } from './checks/usual-buffers-per-request.ts';
export { webhooksAcknowledged } from './checks/webhooks-acknowledged.ts';
export { writeBuffersPerRow } from './checks/write-buffers-per-row.ts';
// Whose requests they are.
export { peopleWhoMay, sessionToken } from './domain/company-people.ts';
export type { InvariantQuery, ScenarioPlan, TimelineEntry } from './domain/scenario.ts';
export type { Check } from './domain/verdict.ts';
export type { PoolSpec, RequestSpec, Workload } from './domain/workload.ts';
// What may go wrong.
export { accessChanges } from './faults/access-changes.ts';
export { answerAudit } from './faults/answer-audit.ts';
export { cacheTimeLapse } from './faults/cache-time-lapse.ts';
export { cronQuery } from './faults/cron-query.ts';
export { dataGrowth } from './faults/data-growth.ts';
export { downloads } from './faults/downloads.ts';
export { duplicateDeliveries } from './faults/duplicate-deliveries.ts';
export { endedSessions } from './faults/ended-sessions.ts';
export { idleTransaction } from './faults/idle-transaction.ts';
export { lockHeld } from './faults/lock-held.ts';
export { networkLatency } from './faults/network-latency.ts';
export { networkPartition } from './faults/network-partition.ts';
export { networkReset } from './faults/network-reset.ts';
export { preferenceChanges } from './faults/preference-changes.ts';
export { profileEdits } from './faults/profile-edits.ts';
export { recordChanges } from './faults/record-changes.ts';
export { redisFlush } from './faults/redis-flush.ts';
export { repeatedRequests } from './faults/repeated-requests.ts';
export { replicaCrash } from './faults/replica-crash.ts';
export { tenantSearches } from './faults/tenant-searches.ts';
export { thirdPartyDown } from './faults/third-party-down.ts';
export { thirdPartyHangs } from './faults/third-party-hangs.ts';
export { thirdPartySlow } from './faults/third-party-slow.ts';
export { trafficPeak } from './faults/traffic-peak.ts';
export { undeliverableOrders } from './faults/undeliverable-orders.ts';
export { userBans } from './faults/user-bans.ts';
export { workerCrash } from './faults/worker-crash.ts';
