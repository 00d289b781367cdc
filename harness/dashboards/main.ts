import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../platform/files.ts';
import { generate } from './generate.ts';

// `npm run dashboards`: writes what Grafana and Prometheus read.
for (const [path, text] of Object.entries(generate())) {
  const file = join(projectRoot, 'grafana', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`grafana/${path}`);
}
