import type { Queryable } from '../platform/database.ts';
import type { PageRequest } from '../platform/validation.ts';

export interface Product {
  id: number;
  sku: string;
  name: string;
  category: string;
  priceCents: number;
  stock: number;
  createdAt: Date;
}

const COLUMNS = 'id, sku, name, category, price_cents AS "priceCents", stock, created_at AS "createdAt"';

export async function listProducts(db: Queryable, category: string | undefined, page: PageRequest): Promise<Product[]> {
  return db.query<Product>(
    `SELECT ${COLUMNS}
     FROM products
     WHERE id > $1 AND ($2::text IS NULL OR category = $2)
     ORDER BY id
     LIMIT $3`,
    [page.after ?? 0, category, page.limit],
  );
}

export async function findProduct(db: Queryable, id: number) {
  const [product] = await db.query<Product>(`SELECT ${COLUMNS} FROM products WHERE id = $1`, [id]);
  return product;
}

/** Products whose name or SKU contains every word of the search. */
export async function searchProducts(db: Queryable, words: string[], page: PageRequest): Promise<Product[]> {
  const matches = words.map((word) => `(name ILIKE '%${word}%' OR sku ILIKE '%${word}%')`);
  return db.query<Product>(
    `SELECT ${COLUMNS} FROM products WHERE ${matches.join(' AND ')} AND id > $1 ORDER BY id LIMIT $2`,
    [page.after ?? 0, page.limit],
  );
}

export async function updateStock(db: Queryable, id: number, stock: number): Promise<void> {
  await db.query('UPDATE products SET stock = $2 WHERE id = $1', [id, stock]);
}
