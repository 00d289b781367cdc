/** Where compiled code is kept. Running processes may load parts of theirs later, so nobody removes it but `builtOnce`. */
export function codeDirectory(): string;

/** A short name for `words` and the contents of `files` (absolute paths): the same ones give the same name. */
export function digestOf(words: readonly string[], files: readonly string[]): string;

/**
 * The directory `<kind>/<digest>` of the code cache, filled by `build` if it is not there yet. `build` gets an empty directory. A build that fails or is
 * interrupted leaves no such directory, and of processes that build at the same time the first one wins. Others of the kind that were not used for a week go.
 */
export function builtOnce(kind: string, digest: string, build: (draft: string) => Promise<void>): Promise<string>;
