import express, { type Express } from 'express';
import { accountRoutes } from './accounts/routes.ts';
import { orderRoutes } from './orders/routes.ts';
import { paymentRoutes } from './payments/routes.ts';
import { webhookRoutes } from './payments/webhook-routes.ts';
import { createGuards } from './permissions/guards.ts';
import { permissionRoutes } from './permissions/routes.ts';
import { errorHandler, unknownRoute } from './platform/error-handler.ts';
import { healthRoutes } from './platform/health.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import { requestLog, requestMetrics } from './platform/request-log.ts';
import { productRoutes } from './products/routes.ts';
import { profileRoutes } from './profiles/routes.ts';
import { reportRoutes } from './reports/routes.ts';
import type { Services } from './services.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { userRoutes } from './users/routes.ts';

export function createApp(services: Services, lifecycle: Lifecycle): Express {
  const guards = createGuards(services);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');

  app.use(healthRoutes({ ...services, lifecycle }));
  app.use(requestLog(services.logger), requestMetrics(services.metrics));
  app.use(webhookRoutes(services));
  app.use(express.json({ limit: '100kb' }));
  app.use(sessionRoutes(services, guards));
  app.use(profileRoutes(services, guards));
  app.use(permissionRoutes(services, guards));
  app.use(accountRoutes(services, guards));
  app.use(userRoutes(services, guards));
  app.use(productRoutes(services, guards));
  app.use(orderRoutes(services, guards));
  app.use(paymentRoutes(services, guards));
  app.use(reportRoutes(services, guards));
  app.use(unknownRoute);
  app.use(errorHandler);
  return app;
}
