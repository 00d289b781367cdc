import { messageOf } from '../../domain/errors.ts';
import type { ServiceProvider } from '../../domain/service.ts';
import { startCompanyOn } from './company-on-server.ts';
import type { CompanyNeed, CompanyServer } from './company-server.ts';
import { withClient } from './with-client.ts';

/** The server that `DATABASE_URL` names. The database named there is only connected to. */
export const externalPostgres: ServiceProvider<CompanyNeed, CompanyServer> = {
  name: 'DATABASE_URL',
  async declines() {
    const url = process.env.DATABASE_URL;
    if (!url) return 'DATABASE_URL is not set';
    if (!URL.canParse(url)) return 'DATABASE_URL is not a URL';
    try {
      return await withClient(url, async (client) => {
        const { rows } = await client.query<{ user: string; superuser: boolean; version: number }>(
          `SELECT rolname AS user, rolsuper AS superuser, current_setting('server_version_num')::int AS version
           FROM pg_roles WHERE rolname = current_user`,
        );
        const { user, superuser, version } = rows[0]!;
        if (version < 140_000) return 'the server is older than PostgreSQL 14';
        return superuser ? undefined : `its role ${user} is no superuser, which reading the server's statistics needs`;
      });
    } catch (error) {
      return `no connection: ${messageOf(error)}`;
    }
  },
  start: (need) => startCompanyOn(process.env.DATABASE_URL!, externalPostgres.name, need),
};
