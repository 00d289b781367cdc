import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join, resolve, sep } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { projectRoot } from '../platform/files.ts';
import { requireBanner } from '../platform/node-bundle.mjs';

const app = join(projectRoot, 'sandbox-app');
/** Asked for by packages that do without. */
const optional = ['pg-native', 'msgpackr-extract'];

/** How the app in `source` is bundled so that it needs nothing outside of the bundle, and gets nothing into it from elsewhere. */
export async function selfContained(source: string): Promise<BuildOptions> {
  const { dependencies } = JSON.parse(await readFile(join(app, 'package.json'), 'utf8')) as { dependencies: object };
  return {
    external: optional,
    // As packages are found from the app: its own before those it shares.
    nodePaths: [join(app, 'node_modules'), join(projectRoot, 'node_modules')],
    plugins: [ownFilesOnly(source, Object.keys(dependencies))],
    banner: requireBanner(join(source, 'package.json')),
    minifyWhitespace: true,
  };
}

/** What is imported from `source` lies there, comes with Node or is one of these packages. What packages import is theirs. */
function ownFilesOnly(source: string, packages: readonly string[]): Plugin {
  const within = (path: string) =>
    (path === source || path.startsWith(source + sep)) && !path.includes(`${sep}node_modules${sep}`);
  const isOurs = (name: string) => packages.some((each) => name === each || name.startsWith(`${each}/`));
  return {
    name: 'own files only',
    setup(esbuild) {
      esbuild.onResolve({ filter: /.*/ }, ({ path, resolveDir, kind }) => {
        if (kind === 'entry-point' || !within(resolveDir)) return undefined;
        const isFile = /^(?:[./]|file:)/.test(path);
        const allowed = isFile ? within(resolve(resolveDir, path)) : isBuiltin(path) || isOurs(path);
        return allowed
          ? undefined
          : { errors: [{ text: `"${path}" is neither part of the app nor one of its packages` }] };
      });
    },
  };
}
