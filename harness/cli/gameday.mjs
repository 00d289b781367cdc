#!/usr/bin/env node
// Plain JavaScript that even an old Node can parse, so that an old Node gets a clear answer instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `error: gameday needs Node.js 20.19 or newer.\n  why:  this is Node.js ${process.versions.node}\n  next: install a newer one from https://nodejs.org, or run: nvm install 22`,
  );
  process.exit(3);
}

// Reading source maps costs a start as much time as everything else does.
if (process.env.GAMEDAY_DEBUG) process.setSourceMapsEnabled(true);

Promise.all([import('node:url'), import('../platform/compile.mjs')])
  .then(([{ fileURLToPath }, { compiled }]) => compiled(fileURLToPath(new URL('./main.ts', import.meta.url))))
  .then((main) => import(main))
  .then(({ runProcess }) => runProcess())
  .catch((error) => {
    const missing = error?.code === 'ERR_MODULE_NOT_FOUND' && /Cannot find package/.test(error.message);
    console.error(
      missing
        ? `error: gameday's dependencies are not installed.\n  why:  ${error.message.split(' imported from ')[0]}\n  next: npm ci`
        : error,
    );
    process.exit(missing ? 3 : 1);
  });
