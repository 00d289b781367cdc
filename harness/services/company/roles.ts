import { randomBytes } from 'node:crypto';

/** A role and its password. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** Who connects to a company database. */
export interface Logins {
  readonly admin: Login;
  readonly app: Login;
  readonly reader: Login;
}

/** The app's database on a server of ours. */
export const appDatabase = 'tradepost';

/** Where databases are created and dropped from. */
export const maintenanceDatabase = 'template1';

/** Fresh passwords for the roles of a server of ours: superuser, owner of the app's database, and read-only. */
export function newLogins(): Logins {
  return {
    admin: newLogin('gameday_admin'),
    app: newLogin('tradepost'),
    reader: newLogin('tradepost_reader'),
  };
}

export function newLogin(user: string): Login {
  return { user, password: randomBytes(18).toString('base64url') };
}

/** The role that owns what the app creates. It is no superuser. */
export function createAppRole({ user, password }: Login): string {
  return `CREATE ROLE ${user} LOGIN PASSWORD '${password}'`;
}

/** A role that can read everything, change nothing, and gives up after 30 s. */
export function createReaderRole({ user, password }: Login): readonly string[] {
  return [
    `CREATE ROLE ${user} LOGIN PASSWORD '${password}'`,
    `GRANT pg_read_all_data, pg_monitor TO ${user}`,
    ...readerSettings(user),
  ];
}

/** Takes back what migrations of the app may have set for its role (`ALTER ROLE … SET`): roles outlive databases. */
export function forgetSettings(role: string): string {
  return `ALTER ROLE ${role} RESET ALL`;
}

function readerSettings(user: string): readonly string[] {
  return [
    `ALTER ROLE ${user} SET default_transaction_read_only = on`,
    `ALTER ROLE ${user} SET statement_timeout = '30s'`,
  ];
}

export function urlOf({ user, password }: Login, host: string, port: number, database: string): string {
  return `postgres://${user}:${password}@${host}:${port}/${database}`;
}
