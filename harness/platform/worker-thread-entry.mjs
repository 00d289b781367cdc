// What a worker thread runs first: it can't rely on the loader of the thread that started it (inherited on some Node
// versions and not on others, and absent under the test runner), so it gets one of its own and then loads the real entry.
import { readTypeScript } from './typescript.mjs';

await readTypeScript();
await import(process.argv[2]);
