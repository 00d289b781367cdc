import { messageOf } from '../../domain/errors.ts';
import { onPath } from '../../platform/files.ts';
import { embeddedInstallation, pathInstallation } from '../../services/postgres/installation.ts';
import type { Finding } from './examine.ts';

/** Which PostgreSQL a game day would use, in the order of the providers. */
export async function postgresProvider(): Promise<Finding> {
  const what = 'PostgreSQL';
  if (process.env.DATABASE_URL) return { what, state: 'ok', found: 'the one DATABASE_URL names' };
  const reasons: string[] = [];
  for (const [name, installation] of [
    ['embedded', embeddedInstallation],
    ['installed', pathInstallation],
  ] as const) {
    try {
      const { version } = await installation();
      return { what, state: 'ok', found: `${version}, ${name}` };
    } catch (error) {
      reasons.push(`${name}: ${messageOf(error)}`);
    }
  }
  if (onPath('docker') !== undefined) return { what, state: 'ok', found: 'from Docker' };
  return {
    what,
    state: 'missing',
    found: reasons.join('; '),
    fix: 'run `npm ci` again without --omit=optional, or install PostgreSQL 14 or newer',
  };
}

/** Which Redis a game day would use, in the order of the providers. */
export async function redisProvider(): Promise<Finding> {
  const what = 'Redis';
  if (process.env.REDIS_URL) return { what, state: 'ok', found: 'the one REDIS_URL names' };
  const installed = ['redis-server', 'valkey-server'].find((program) => onPath(program) !== undefined);
  if (installed !== undefined) return { what, state: 'ok', found: `${installed} on PATH` };
  if (onPath('docker') !== undefined) return { what, state: 'ok', found: 'from Docker' };
  if (process.getuid?.() === 0 && onPath('apt-get') !== undefined) {
    return {
      what,
      state: 'poor',
      found: 'not installed; the first run installs it with apt-get',
      fix: 'apt-get install redis-server',
    };
  }
  return {
    what,
    state: 'missing',
    found: 'neither redis-server, valkey-server nor Docker is on PATH',
    fix: 'apt-get install redis-server, or brew install redis',
  };
}
