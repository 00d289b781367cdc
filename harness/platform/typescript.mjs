// Plain JavaScript, because it runs before TypeScript can be read.

/** Makes this thread able to import TypeScript. Node 22.18 and later can by themselves, at half the cost. */
export async function readTypeScript() {
  if (process.features.typescript) return;
  const { register } = await import('tsx/esm/api');
  register();
}
