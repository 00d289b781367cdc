import { Router } from 'express';
import { z } from 'zod';
import type { Guards } from '../permissions/guards.ts';
import { notFound } from '../platform/errors.ts';
import { toPage } from '../platform/pagination.ts';
import { parse, parseId, parsePage, parseSearch } from '../platform/validation.ts';
import type { Services } from '../services.ts';
import { findProduct, listProducts, searchProducts } from './queries.ts';

const productFilter = z.object({ category: z.string().trim().min(1).optional() });

export function productRoutes({ database }: Services, { requires }: Guards): Router {
  const router = Router();

  router.get('/v1/products', requires('products.read'), async (req, res) => {
    const page = parsePage(req.query);
    const { category } = parse(productFilter, req.query);
    res.json(toPage(await listProducts(database, category, page), page));
  });

  router.get('/v1/products/search', requires('products.read'), async (req, res) => {
    const page = parsePage(req.query);
    res.json(toPage(await searchProducts(database, parseSearch(req.query), page), page));
  });

  router.get('/v1/products/:id', requires('products.read'), async (req, res) => {
    const product = await findProduct(database, parseId(req.params));
    if (!product) throw notFound('Product');
    res.json(product);
  });

  return router;
}
