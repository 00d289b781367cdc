import type { ServiceProvider } from '../../domain/service.ts';
import { findEngine } from '../docker/find-engine.ts';
import { startContainer } from '../docker/start-container.ts';
import { configurationFile, runSettings } from '../postgres/settings.ts';
import { startCompanyOn } from './company-on-server.ts';
import type { CompanyNeed, CompanyServer } from './company-server.ts';
import { newLogin, urlOf } from './roles.ts';
import { withClient } from './with-client.ts';

/** Unless `POSTGRES_IMAGE` names another. */
export const defaultImage = 'postgres:18.4';

const configuration = '/etc/postgresql.gameday.conf';

/** What every server that we support understands: an image's tag does not have to tell its version. */
const oldestMajor = 14;

/**
 * PostgreSQL in a container of its own for every run. The company is seeded anew each time: data directories kept in a volume would have to be
 * kept from being used by two servers at once.
 */
export const dockerPostgres: ServiceProvider<CompanyNeed, CompanyServer> = {
  name: 'Docker',
  async declines() {
    const engine = await findEngine();
    return 'reason' in engine ? engine.reason : undefined;
  },
  async start(need) {
    const image = process.env.POSTGRES_IMAGE || defaultImage;
    need.onProgress(0, `container of ${image}`);
    const admin = newLogin('gameday_admin');
    const urlAt = (host: string, port: number) => urlOf(admin, host, port, 'postgres');
    const { listen_addresses, unix_socket_directories, ...settings } = runSettings(oldestMajor);
    const container = await startContainer({
      kind: 'postgres',
      image,
      port: 5432,
      command: ['postgres', '-c', `config_file=${configuration}`],
      environment: { POSTGRES_USER: admin.user, POSTGRES_PASSWORD: admin.password, POSTGRES_DB: 'postgres' },
      files: { [configuration]: configurationFile({ ...settings, listen_addresses: '*' }) },
      directory: need.directory,
      answers: (host, port) => withClient(urlAt(host, port), (client) => client.query('SELECT 1')),
    });
    try {
      const { host, port, pid, logFile } = container;
      const company = await startCompanyOn(urlAt(host, port), dockerPostgres.name, need);
      return {
        ...company,
        logFile,
        ...(pid !== undefined && { pid }),
        async stop() {
          await company.stop();
          await container.stop();
        },
      };
    } catch (error) {
      await container.stop();
      throw error;
    }
  },
};
