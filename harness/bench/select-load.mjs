// A client of PostgreSQL in a process of its own, so that what it uses is nobody else's: on each connection one prepared select of one row by its key
// after the other, as `pgbench -S` does. Told `{ connections }` it opens so many to the URL in its arguments; told `{ count: true }` it says what was
// answered since it was last asked.
import pg from 'pg';

const [url, table, rows] = process.argv.slice(2);
const text = `SELECT balance FROM ${table} WHERE id = $1`;
let microseconds = [];

const keepSelecting = async (client) => {
  for (;;) {
    const from = performance.now();
    await client.query({ name: 'select', text, values: [1 + Math.floor(Math.random() * Number(rows))] });
    microseconds.push((performance.now() - from) * 1000);
  }
};

const open = async (connections) => {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  for (const client of clients) void keepSelecting(client);
  process.send({ opened: connections });
};

process.on('message', ({ connections }) => {
  if (connections) return open(connections);
  const sorted = Float64Array.from(microseconds).sort();
  microseconds = [];
  process.send({ transactions: sorted.length, p50Us: sorted[sorted.length >> 1] });
});
process.on('disconnect', () => process.exit());
