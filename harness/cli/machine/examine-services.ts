import { messageOf } from '../../domain/errors.ts';
import type { ServiceProvider } from '../../domain/service.ts';
import { companyProviders } from '../../services/company/company-database.ts';
import { aptRedis } from '../../services/redis/apt-redis.ts';
import { redisProviders } from '../../services/redis.ts';
import type { Finding } from './finding.ts';

/** Which PostgreSQL a game day would use. */
export async function examinePostgres(): Promise<Finding> {
  return findingOf('PostgreSQL', await ask(companyProviders.auto), 'run `npm ci`, or install PostgreSQL 14 or later');
}

/** Which Redis a game day would use. */
export async function examineRedis(): Promise<Finding> {
  const answer = await ask(redisProviders.auto);
  const fix = 'apt-get install redis-server, or brew install redis';
  if (answer.provider !== aptRedis.name) return findingOf('Redis', answer, fix);
  return { what: 'Redis', state: 'poor', found: `not installed; the first run does: ${aptRedis.name}`, fix };
}

interface Answer {
  /** The first that does not decline. */
  readonly provider?: string;
  /** Why those before it do. */
  readonly reasons: readonly string[];
}

async function ask(providers: readonly Pick<ServiceProvider<never, never>, 'name' | 'declines'>[]): Promise<Answer> {
  const reasons: string[] = [];
  for (const { name, declines } of providers) {
    const reason = await declines().catch(messageOf);
    if (reason === undefined) return { provider: name, reasons };
    reasons.push(`${name}: ${reason}`);
  }
  return { reasons };
}

function findingOf(what: string, { provider, reasons }: Answer, fix: string): Finding {
  return provider === undefined
    ? { what, state: 'missing', found: reasons.join('; '), fix }
    : { what, state: 'ok', found: provider };
}
