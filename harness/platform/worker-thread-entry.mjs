// What a worker thread runs first: no loader that the thread which started it may have is its own.
import { fileURLToPath } from 'node:url';
import { compiled } from './compile.mjs';

await import(await compiled(fileURLToPath(process.argv[2])));
