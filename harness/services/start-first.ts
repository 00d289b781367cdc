import { environmentError, messageOf } from '../domain/errors.ts';
import type { RunningService, ServiceProvider } from '../domain/service.ts';
import { diskFull } from './disk-full.ts';

/** Why a provider was passed over. */
export interface Declined {
  readonly provider: string;
  readonly reason: string;
}

export interface Started<Running extends RunningService> {
  readonly running: Running;
  readonly declined: readonly Declined[];
}

/**
 * Starts the first provider that does not decline. A provider that declines or fails to start is passed over, with its reason told to
 * `onDecline` as it happens and kept in the result.
 * Throws `SERVICE_UNAVAILABLE` with every reason when none is left, and `DISK_FULL` at once: the next provider would find no more room.
 * @param what the service, as a message names it
 * @param hint the next command for a user whose machine has none of the providers
 */
export async function startFirst<Need, Running extends RunningService>(
  providers: readonly ServiceProvider<Need, Running>[],
  need: Need,
  { what, hint, onDecline = () => {} }: { what: string; hint: string; onDecline?: (declined: Declined) => void },
): Promise<Started<Running>> {
  const declined: Declined[] = [];
  for (const provider of providers) {
    const outcome = await attempt(provider, need, what);
    if ('running' in outcome) return { running: outcome.running, declined };
    declined.push({ provider: provider.name, reason: outcome.reason });
    onDecline({ provider: provider.name, reason: outcome.reason });
  }
  const reasons = declined.map(({ provider, reason }) => `\n  ${provider}: ${reason}`).join('');
  throw environmentError('SERVICE_UNAVAILABLE', `${what} could not be started; tried in this order:${reasons}`, hint);
}

async function attempt<Need, Running extends RunningService>(
  provider: ServiceProvider<Need, Running>,
  need: Need,
  what: string,
): Promise<{ running: Running } | { reason: string }> {
  try {
    const reason = await provider.declines();
    return reason === undefined ? { running: await provider.start(need) } : { reason };
  } catch (error) {
    const full = diskFull(error, `${what} (${provider.name}) could not be started`);
    if (full !== undefined) throw full;
    return { reason: messageOf(error) };
  }
}
