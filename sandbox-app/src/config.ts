import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url(),
  REDIS_URL: z.url(),
  PG_POOL_MAX: z.coerce.number().int().positive().default(10),
  PAYMENTS_URL: z.url(),
  PAYMENTS_WEBHOOK_SECRET: z.string().min(1),
  MAIL_URL: z.url(),
  FULFILMENT_URL: z.url(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  INSTANCE: z.string().min(1).default('local'),
  SHUTDOWN_GRACE_MS: z.coerce.number().int().min(0).default(300),
  JOB_CONCURRENCY: z.coerce.number().int().positive().default(8),
  DEV_PASSWORD: z.string().min(1).default('tradepost'),
});

export type Config = ReturnType<typeof parseConfig>;

export function parseConfig(env: NodeJS.ProcessEnv) {
  const values = schema.parse(env);
  return {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    poolMax: values.PG_POOL_MAX,
    paymentsUrl: values.PAYMENTS_URL,
    webhookSecret: values.PAYMENTS_WEBHOOK_SECRET,
    mailUrl: values.MAIL_URL,
    fulfilmentUrl: values.FULFILMENT_URL,
    logLevel: values.LOG_LEVEL,
    instance: values.INSTANCE,
    shutdownGraceMs: values.SHUTDOWN_GRACE_MS,
    jobConcurrency: values.JOB_CONCURRENCY,
    devPassword: values.DEV_PASSWORD,
  };
}

/** Reads the configuration from the environment, or ends the process with exit code 2 and a readable reason. */
export function loadConfig(): Config {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const problems = error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    process.stderr.write(`Invalid configuration:\n${problems.join('\n')}\n`);
    process.exit(2);
  }
}
