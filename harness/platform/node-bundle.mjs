import { pathToFileURL } from 'node:url';

// Plain JavaScript, because it is needed before TypeScript can be read.

/** What every bundle that Node runs has in common, for esbuild. */
export const nodeBundle = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'silent',
};

/**
 * The beginning of a bundle that holds packages in CommonJS, which call `require`.
 *
 * @param {string} file absolute path; what is required is looked for as from this file
 */
export function requireBanner(file) {
  const from = JSON.stringify(pathToFileURL(file).href);
  return { js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(${from});` };
}

/**
 * What esbuild did not understand, a line each with file, line and column; undefined when the error is not about what was built.
 *
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function problemsOf(error) {
  if (!Array.isArray(error?.errors)) return undefined;
  return error.errors
    .map(({ text, location }) => (location ? `${location.file}:${location.line}:${location.column}: ${text}` : text))
    .join('\n');
}
