import pg from 'pg';

/** Opens `count` connections, hands them to `use`, and closes them whatever happens. */
export async function withClients<T>(
  url: string,
  count: number,
  use: (clients: readonly [pg.Client, ...pg.Client[]]) => Promise<T>,
): Promise<T> {
  const clients = Array.from(
    { length: count },
    () => new pg.Client({ connectionString: url, application_name: 'gameday', connectionTimeoutMillis: 10_000 }),
  );
  try {
    for (const client of clients) {
      // Reported by the query under way; without a listener it would end the process.
      client.on('error', () => {});
      await client.connect();
    }
    return await use(clients as [pg.Client, ...pg.Client[]]);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  }
}

export function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClients(url, 1, ([client]) => use(client));
}
