import { median } from '../domain/median.ts';
import { sleep } from '../platform/clock.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { formatNumber } from '../reports/format.ts';
import { startCompanyDatabase } from '../services/company/company-database.ts';
import { withClient } from '../services/company/with-client.ts';
import type { Bench, Measurement } from './bench.ts';
import { inTurns } from './in-turns.ts';
import { atLeast, atMost, type Limit, relative } from './limit.ts';
import { type Proxies, throughEach, withProxies } from './proxies.ts';
import type { RunningProxy } from './proxy-kind.ts';
import { type SelectTarget, startSelectLoad } from './select-load.ts';

const ROUNDS = 5;
const CONNECTIONS = 10;
const WARM_UP_MS = 500;
const MEASURED_MS = 2_000;
/** As pgbench has at its scale of 1. */
const ROWS = 100_000;
const TABLE = 'bench_accounts';

const tableStatements = [
  `CREATE TABLE ${TABLE} AS SELECT id, 0 AS balance FROM generate_series(1, ${ROWS}) AS id`,
  `ALTER TABLE ${TABLE} ADD PRIMARY KEY (id)`,
  `VACUUM ANALYZE ${TABLE}`,
];

interface Selects {
  readonly perSecond: number;
  readonly p50Us: number;
  /** Of the proxy. */
  readonly cpuUsPerSelect: number;
}

/**
 * What `pgbench -S` would show: prepared selects of one row by its key, as fast as they are answered, through the link and through other proxies. With
 * one connection the time that a proxy adds shows, with several how much it can pass on. Client, server and proxy share the machine, as in a sandbox: with
 * two processors throughput is what they all leave to each other.
 */
export const selects: Bench = {
  name: 'selects',
  about: `selects from PostgreSQL through a link of the network, over 1 and ${CONNECTIONS} connections`,
  run: async () => {
    const directory = temporaryDirectory('bench');
    const database = await startCompanyDatabase({ directory, size: 'small', source: 'embedded' });
    try {
      await withClient(database.adminUrl, async (client) => {
        for (const statement of tableStatements) await client.query(statement);
      });
      const { port } = database.running;
      return await withProxies(port, async (proxies) => {
        const direct = { port, cpuSeconds: async () => 0 };
        const selectsOver = (connections: number) => {
          const measure = (proxy: Pick<RunningProxy, 'port' | 'cpuSeconds'>) =>
            selectsThrough(proxy, { url: urlAt(database.adminUrl, proxy.port), table: TABLE, rows: ROWS }, connections);
          return inTurns(ROUNDS, { direct: () => measure(direct), ...throughEach(proxies, measure) });
        };
        return measurements(proxies, await selectsOver(1), await selectsOver(CONNECTIONS));
      });
    } finally {
      await database.stop();
      removeTemporaryDirectory(directory);
    }
  },
};

function urlAt(url: string, port: number): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}

async function selectsThrough(
  proxy: Pick<RunningProxy, 'cpuSeconds'>,
  target: SelectTarget,
  connections: number,
): Promise<Selects> {
  const load = await startSelectLoad(target, connections);
  try {
    await sleep(WARM_UP_MS);
    await load.count();
    const [cpuBefore, from] = [await proxy.cpuSeconds(), performance.now()];
    await sleep(MEASURED_MS);
    const { transactions, p50Us } = await load.count();
    const seconds = (performance.now() - from) / 1_000;
    const cpuSeconds = (await proxy.cpuSeconds()) - cpuBefore;
    return { perSecond: transactions / seconds, p50Us, cpuUsPerSelect: (cpuSeconds / transactions) * 1e6 };
  } finally {
    await load.stop();
  }
}

type Rounds = readonly Readonly<Record<keyof Proxies | 'direct', Selects | undefined>>[];

function measurements(proxies: Proxies, alone: Rounds, together: Rounds): readonly Measurement[] {
  const cpu = (of: Selects) => of.cpuUsPerSelect;
  const compared = (figure: string, unit: string, rounds: Rounds, read: (selects: Selects) => number, limit: Limit) => {
    const of = (name: keyof Proxies | 'direct') => rounds.map((round) => read(round[name]!));
    const theirs = { to: 'Toxiproxy', rounds: 'missing' in proxies.Toxiproxy ? proxies.Toxiproxy : of('Toxiproxy') };
    const others = [
      ...(read === cpu ? [] : [`${formatNumber(median(of('direct')))} ${unit} without a proxy`]),
      ...('missing' in proxies.haproxy ? [] : [`${formatNumber(median(of('haproxy')))} ${unit} with haproxy`]),
    ];
    return relative({ figure, unit, ours: of('link'), note: others.join(', ') }, limit, theirs);
  };
  return [
    compared('p50 of a select, 1 connection', 'µs', alone, ({ p50Us }) => p50Us, atMost(1, '×')),
    compared(`selects per second, ${CONNECTIONS} connections`, '/s', together, (of) => of.perSecond, atLeast(1, '×')),
    compared('CPU of the proxy per select', 'µs', together, cpu, atMost(1, '×')),
  ];
}
