import type { Database } from '../../src/platform/database.ts';
import { hashToken } from '../../src/sessions/tokens.ts';

export interface Person {
  id: number;
  accountId: number;
  token: string;
}

export interface People {
  staff: Person;
  owner: Person;
  buyer: Person;
}

async function insertId(db: Database, sql: string, values: unknown[]): Promise<number> {
  const [row] = await db.query<{ id: number }>(`${sql} RETURNING id`, values);
  if (!row) throw new Error('Nothing was inserted');
  return row.id;
}

async function addPerson(db: Database, accountId: number, name: string, role: string): Promise<Person> {
  const id = await insertId(db, 'INSERT INTO users (account_id, email, name, is_staff) VALUES ($1, $2, $3, $4)', [
    accountId,
    `${name}@example.com`,
    name,
    role === 'support',
  ]);
  await db.query('INSERT INTO user_roles (user_id, role_id) SELECT $1, id FROM roles WHERE name = $2', [id, role]);
  const token = `st_${name}`;
  await db.query('INSERT INTO sessions (user_id, token_hash) VALUES ($1, $2)', [id, hashToken(token)]);
  return { id, accountId, token };
}

/** Two accounts (Tradepost itself and one customer) with people and a small catalogue. */
export async function seedPeople(db: Database): Promise<People> {
  const account = 'INSERT INTO accounts (name, slug) VALUES ($1, $2)';
  const home = await insertId(db, account, ['Tradepost', 'tradepost']);
  const customer = await insertId(db, account, ['Harbour Supplies', 'harbour-supplies']);
  const staff = await addPerson(db, home, 'sam', 'support');
  const owner = await addPerson(db, customer, 'olive', 'owner');
  const buyer = await addPerson(db, customer, 'bob', 'buyer');
  await db.query('UPDATE accounts SET owner_id = $2 WHERE id = $1', [customer, owner.id]);
  await db.query(
    `INSERT INTO products (sku, name, category, price_cents, stock)
     VALUES ('ROPE-10', 'Mooring rope 10 m', 'ropes', 4200, 100), ('BUOY-R', 'Red buoy', 'buoys', 9900, 20)`,
  );
  return { staff, owner, buyer };
}
