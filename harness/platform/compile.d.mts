/**
 * The address of what a TypeScript module of this project was compiled to; compiles it when that was not done yet.
 * Throws an error whose message tells file, line and column of what could not be read.
 * @param file absolute path
 */
export function compiled(file: string): Promise<string>;

/** Whether a file of the harness, by its absolute path, is imported by path at run time: no import leads to it. */
export function isEntry(file: string): boolean;
