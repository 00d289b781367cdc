import { applyMigrations, MigrationError } from './platform/migrations.ts';

const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl) {
  process.stderr.write('Invalid configuration:\n  DATABASE_URL: required\n');
  process.exit(2);
}

try {
  await applyMigrations(databaseUrl, process.env.MIGRATIONS_DIR ?? './migrations', (applied) =>
    process.stdout.write(`${JSON.stringify(applied)}\n`),
  );
} catch (error) {
  const reason = error instanceof MigrationError ? error.message : `Could not migrate: ${(error as Error).message}`;
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
