#!/usr/bin/env node
// Plain JavaScript that even an old Node can parse, so that an old Node gets a clear answer instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `error: gameday needs Node.js 20.19 or newer.\n  why:  this is Node.js ${process.versions.node}\n  next: install a newer one from https://nodejs.org, or run: nvm install 22`,
  );
  process.exit(3);
}

import('../platform/typescript.mjs')
  .then(({ readTypeScript }) => readTypeScript())
  .then(() => import('./main.ts'))
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
