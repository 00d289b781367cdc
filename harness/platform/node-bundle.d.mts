/** What every bundle that Node runs has in common, for esbuild. */
export const nodeBundle: {
  readonly bundle: true;
  readonly format: 'esm';
  readonly platform: 'node';
  readonly target: 'node20';
  readonly logLevel: 'silent';
};

/**
 * The beginning of a bundle that holds packages in CommonJS, which call `require`.
 * @param file absolute path; what is required is looked for as from this file
 */
export function requireBanner(file: string): { readonly js: string };

/** What esbuild did not understand, a line each with file, line and column; undefined when the error is not about what was built. */
export function problemsOf(error: unknown): string | undefined;
