/** Where seeded databases, compiled code and other reusable things are kept; absolute, and created when missing. */
export function cacheDirectory(): string;
