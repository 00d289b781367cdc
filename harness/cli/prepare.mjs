// What `npm ci` runs at its end: compiles ahead of time what the first start would have to compile otherwise. Without it that start just takes longer.
import { fileURLToPath } from 'node:url';
import { compiled } from '../platform/compile.mjs';

try {
  const packages = fileURLToPath(new URL('../run/app-packages.ts', import.meta.url));
  const { bundledPackages } = await import(await compiled(packages));
  await bundledPackages();
} catch (error) {
  console.error(`gameday will be compiled when it is first used: ${error.message}`);
}
