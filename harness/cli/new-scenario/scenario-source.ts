import type { Level } from '../../domain/scenario.ts';
import type { Answers } from './answers.ts';
import type { Constant, OfferedCheck, OfferedFault, Traffic } from './offered.ts';

const lineWidth = 120;
const minutes: Readonly<Record<Level, number>> = { junior: 40, mid: 45, senior: 60, staff: 90 };
/** Seconds for queues and webhooks to finish. */
const settle = 15;

const accounts = "accounts WHERE status = 'active' AND id > 1 ORDER BY id";
const people: Constant = {
  name: 'people',
  about: 'Every active account with the session of its owner.',
  value: `\`SELECT id AS account, \${sessionToken('owner_id')} AS token FROM ${accounts}\``,
};

/** `scenario.ts` of a new scenario: it type-checks and can be played as it is, formatted like everything else. */
export function scenarioSource(answers: Answers): string {
  const { title, summary, failure, level, breaks, holds, variants } = answers;
  const traffic = new Set<Traffic>([...breaks, ...holds].flatMap(({ needs }) => needs ?? []));
  const invariants = holds.flatMap((check) => check.invariants ?? []);
  const skills = [...new Set(breaks.map(({ skill }) => skill))].slice(0, 4);
  return `${imports(answers)}

const me = 'own profile';
const browse = '${variants ? 'browse a list' : 'browse catalogue'}';
${constants(breaks)}
${variants ? place : ''}export default defineScenario({
  // What customers would call it.
  title: ${text(title)},
  // One line for the list: the symptom, never the cause.
${field('summary', text(summary))},
  // What is really wrong, for the authors' catalogue; nobody who plays sees it.
${field('failure', text(failure))},
  level: '${level}',
  minutes: ${minutes[level]},
  // What somebody practises here. Whoever plays reads it.
${field('skills', list(skills.map(text), 2))},
  // 'default' where the amount of data is the point: half a million orders in place of 17 000.
  size: 'small',
${variants ? variantsField : '  variants: { default: {} },'}
  plan: (${variants ? '{ path }' : ''}) => ({
    workload: {
      // At most half of what a repaired app can serve here.
      rate: { perSecond: 20 },
      pools: {
${indented(pools(traffic), 8)}
      },
      requests: [
${indented(requests(traffic, variants), 8)}
      ],
    },
${traffic.has('warm cache') ? '    warmUp: [{ request: me, times: 200 }],\n' : ''}    seconds: { steady: 3, incident: 8 },
${traffic.has('payments') ? `    settle: ${settle},\n` : ''}    // What goes wrong, and how many seconds after the incident began.
${field('timeline', list(breaks.map(timelineEntry), 4, true), 4)},
${invariants.length > 0 ? `${indented(`invariants: ${invariants.join('')}`, 4)},\n` : ''}    // Holds before the incident, also in the app as it is handed out.
    steadyState: [
      errorRateUnder({ share: 0.01, during: 'steady', name: 'usual-errors' }),
      p95Under({ ms: 500, during: 'steady', name: 'usual-p95' }),
    ],
    // What a repair has to achieve: outcomes, never a particular fix. The figures of a repaired app stay well below their bounds.
${field('objectives', list(holds.map(objective(breaks)), 4), 4)},
  }),
});
`;
}

function imports({ breaks, holds }: Answers): string {
  const used = [...breaks, ...holds].flatMap(({ calls, uses = [] }) => [calls, ...uses]);
  const names = [...new Set(['defineScenario', 'errorRateUnder', 'p95Under', 'sessionToken', ...used])];
  names.sort(asSorted);
  const from = "from '../../harness/authoring.ts';";
  const oneLine = `import { ${names.join(', ')} } ${from}`;
  return oneLine.length <= lineWidth ? oneLine : `import {\n${names.map((name) => `  ${name},\n`).join('')}} ${from}`;
}

/** The formatter's order: letter by letter, a capital before its small letter and after every letter that precedes it in the alphabet. */
function asSorted(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a.charAt(i), b.charAt(i)];
    if (x === y) continue;
    const [lowX, lowY] = [x.toLowerCase(), y.toLowerCase()];
    return (lowX === lowY ? x < y : lowX < lowY) ? -1 : 1;
  }
  return a.length - b.length;
}

function constants(faults: readonly OfferedFault[]): string {
  const wanted = new Set(faults.flatMap((fault) => fault.constants ?? []));
  const sql = [...wanted].map((constant) => ({ ...constant, value: `\`${constant.value}\`` }));
  return [people, ...sql].map(({ name, value, about }) => `\n/** ${about} */\nconst ${name} = ${value};\n`).join('');
}

const place = `/** Where the flaw shows: each variant has it in another place. */
interface Place {
  /** What people browse. */
  readonly path: string;
}

`;

const variantsField = `  // The first goes through all arms; its siblings show that flaw and repair are theirs, too. What stands here is handed to plan().
  variants: {
    catalogue: { path: '/v1/products?limit=20' },
    orders: { path: '/v1/accounts/{people.account}/orders?limit=20' },
  } satisfies Record<string, Place>,`;

function pools(traffic: ReadonlySet<Traffic>): string {
  const products = "products: { draw: 'uniform', sql: 'SELECT id FROM products WHERE stock > 1000 ORDER BY id' },";
  const pending = `// Each row is used once: an order is paid for once.
pending: {
  draw: 'once',
  sql: \`SELECT o.id, \${sessionToken('a.owner_id')} AS token FROM orders o JOIN accounts a ON a.id = o.account_id
        WHERE o.status = 'pending' AND a.status = 'active' ORDER BY o.id\`,
},`;
  return [
    "// Rows that requests draw from; 'zipf' makes the first rows hotter than the last.",
    "people: { draw: 'uniform', sql: people },",
    ...(traffic.has('orders') ? [products] : []),
    ...(traffic.has('payments') ? [pending] : []),
  ].join('\n');
}

function requests(traffic: ReadonlySet<Traffic>, variants: boolean): string {
  const get = (name: string, path: string, weight: number) => `{
  name: ${name},
  method: 'GET',
  path${path},
  headers: { authorization: 'Bearer {people.token}' },
  weight: ${weight},
},`;
  const order = `{
  name: 'place order',
  method: 'POST',
  path: '/v1/accounts/{people.account}/orders',
  headers: { authorization: 'Bearer {people.token}' },
  body: { items: [{ productId: '{products.id}', quantity: 1 }] },
  weight: 1,
},`;
  const pay = `{
  name: 'pay for an order',
  method: 'POST',
  path: '/v1/orders/{pending.id}/payments',
  headers: { authorization: 'Bearer {pending.token}' },
  expect: [202],
  weight: 1,
},`;
  return [
    '// What customers do, and how often beside the others.',
    get('me', ": '/v1/me'", 2),
    get('browse', variants ? '' : ": '/v1/products?limit=20'", 4),
    ...(traffic.has('orders') ? [order] : []),
    ...(traffic.has('payments') ? [pay] : []),
  ].join('\n');
}

function timelineEntry({ at, lasting, calls, arguments: given }: OfferedFault): string {
  const call = `${calls}(${given})`;
  const when = lasting === undefined ? `at: ${at}` : `at: ${at}, lasting: ${lasting}`;
  if (!call.includes('\n')) return `{ ${when}, fault: ${call} }`;
  return `{\n${[...when.split(', '), `fault: ${call}`].map((line) => `${indented(line, 2)},\n`).join('')}}`;
}

const objective =
  (faults: readonly OfferedFault[]) =>
  ({ calls, arguments: given }: OfferedCheck) =>
    `${calls}(${typeof given === 'string' ? given : given(faults.map(({ name }) => name))})`;

/** A string in the quotes that need fewer escapes, as the formatter leaves it. */
function text(value: string): string {
  const json = JSON.stringify(value);
  const count = (quote: string) => value.split(quote).length;
  if (count("'") > count('"')) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A field, its value on a line of its own where it would not fit; without the comma. */
function field(name: string, value: string, indent = 2): string {
  const start = `${' '.repeat(indent)}${name}:`;
  const fits = value.includes('\n') || /^\[/.test(value) || `${start} ${value},`.length <= lineWidth;
  return fits ? `${start} ${value}` : `${start}\n${' '.repeat(indent + 2)}${value}`;
}

/** An array as the formatter writes it at this indentation. */
function list(items: readonly string[], indent: number, objects = false): string {
  const oneLine = `[${items.join(', ')}]`;
  const room = lineWidth - indent - 'objectives: ,'.length;
  if (!oneLine.includes('\n') && oneLine.length <= room && !(objects && items.length > 1)) return oneLine;
  return `[\n${items.map((item) => `${indented(item, indent + 2)},\n`).join('')}${' '.repeat(indent)}]`;
}

function indented(lines: string, by: number): string {
  return lines.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}
