import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const longestFile = 300;

/** The rooms of the harness from the ground up. A file imports from its own room and from lower floors, never sideways. */
const floors = [
  ['domain'],
  ['platform'],
  ['services', 'faults', 'engines', 'third-parties', 'meters', 'checks', 'reports'],
  ['authoring.ts'],
  ['exporter'],
  ['run'],
  ['control', 'take-home'],
  ['grading'],
  ['cli', 'console', 'bench', 'dashboards'],
] as const;
const floorOf = new Map<string, number>(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)));

/** Where a file of the project belongs: its tree, and the room (harness), folder (scenarios) or nothing within it. */
function placeOf(path: string): { readonly tree: string; readonly room: string } {
  const [tree = '', room = ''] = path.split('/');
  return { tree, room };
}

/** The modules that a source text names in imports, re-exports, `import()`, `require()` and import types. */
function importsOf(path: string, text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    else if (ts.isCallExpression(node) && isLoading(node.expression)) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  const add = (specifier: ts.Node | undefined) => {
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(specifier.text);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return found;
}

function isLoading(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

/** Why the file at `path` may not import `specifier`, or undefined when it may. Paths are relative to the project, with slashes. */
function objection(path: string, specifier: string): string | undefined {
  const from = placeOf(path);
  const inProject = specifier.startsWith('.');
  const target = inProject ? posix.join(posix.dirname(path), specifier) : specifier;
  const to = placeOf(target);

  if (from.tree === 'scenarios') {
    const own = inProject && to.tree === 'scenarios' && to.room === from.room;
    return own || target === 'harness/authoring.ts' ? undefined : 'a scenario imports only harness/authoring.ts';
  }
  if (inProject && to.tree !== from.tree) return `${from.tree} does not import from ${to.tree || 'outside'}`;
  if (from.tree !== 'harness') return undefined;
  if (!inProject) return from.room === 'domain' ? 'the domain imports nothing from outside' : undefined;

  const floor = floorOf.get(from.room);
  const targetFloor = floorOf.get(to.room);
  if (floor === undefined || targetFloor === undefined) return 'a room without a floor';
  if (from.room === to.room || targetFloor < floor) return undefined;
  return targetFloor === floor ? 'sideways' : 'upwards';
}

function violationsOf(path: string, text: string): readonly string[] {
  const imports = importsOf(path, text).flatMap((specifier) => {
    const why = objection(path, specifier);
    return why === undefined ? [] : [`${path} imports ${specifier}: ${why}`];
  });
  const lines = text.split('\n').length - 1;
  const place = placeOf(path);
  const homeless = place.tree === 'harness' && !floorOf.has(place.room) ? [`${path} is in a room without a floor`] : [];
  return [...imports, ...homeless, ...(lines > longestFile ? [`${path} has ${lines} lines`] : [])];
}

function sourcesOf(tree: string): readonly string[] {
  return readdirSync(join(root, tree), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?[jt]s$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.split('/').some((part) => part === 'node_modules' || part === 'dist'));
}

/** Every way that leads from a file back to itself by imports, those of types included. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) circles.push([...way.slice(at), path].join(' > '));
    if (at >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) walk(path, []);
  return circles;
}

function relativeImports(path: string, text: string): readonly string[] {
  return importsOf(path, text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(path), specifier));
}

describe('the floors', () => {
  it.each(['harness', 'scenarios', 'sandbox-app'])('hold in every file of %s', (tree) => {
    const sources = sourcesOf(tree);
    expect(sources.length, `no file seen in ${tree}: the search is broken`).toBeGreaterThan(0);
    expect(sources.flatMap((path) => violationsOf(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  it.each(['harness', 'scenarios', 'sandbox-app', 'test'])('have no circle of imports in %s', (tree) => {
    const sources = sourcesOf(tree).map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
    expect(circlesOf(new Map(sources.map(([path, text]) => [path, relativeImports(path, text)])))).toEqual([]);
  });

  it('see a circle of imports, of types too', () => {
    const sources = {
      'harness/run/a.ts': "import { b } from './b.ts';",
      'harness/run/b.ts': "import { c } from './deep/c.ts'; import { d } from '../domain/d.ts';",
      'harness/run/deep/c.ts': "import type { A } from '../a.ts';",
    };
    const imports = Object.entries(sources).map(([path, text]) => [path, relativeImports(path, text)] as const);
    expect(circlesOf(new Map(imports))).toEqual([
      'harness/run/a.ts > harness/run/b.ts > harness/run/deep/c.ts > harness/run/a.ts',
    ]);
  });

  it.each([
    ['harness/domain/a.ts', "import type { B } from '../platform/b.ts';", 'upwards'],
    ['harness/domain/a.ts', "import { readFile } from 'node:fs';", 'nothing from outside'],
    ['harness/faults/a.ts', "export { b } from '../meters/b.ts';", 'sideways'],
    ['harness/faults/deep/a.ts', "const b = await import('../../run/b.ts');", 'upwards'],
    ['harness/checks/a.ts', "let b: import('../authoring.ts').B;", 'upwards'],
    ['harness/bench/a.ts', "import '../cli/b.ts';", 'sideways'],
    ['harness/run/a.ts', "import app from '../../sandbox-app/src/app.ts';", 'harness does not import from sandbox-app'],
    ['harness/run/a.ts', "import s from '../../scenarios/one/scenario.ts';", 'harness does not import from scenarios'],
    ['harness/attic/a.ts', '', 'a room without a floor'],
    [
      'sandbox-app/src/a.ts',
      "import { b } from '../../harness/domain/b.ts';",
      'sandbox-app does not import from harness',
    ],
    ['scenarios/one/scenario.ts', "import { b } from '../two/b.ts';", 'only harness/authoring.ts'],
    ['scenarios/one/scenario.ts', "import { b } from '../../harness/checks/b.ts';", 'only harness/authoring.ts'],
    ['scenarios/one/scenario.ts', "import { Pool } from 'pg';", 'only harness/authoring.ts'],
    ['harness/run/a.ts', '\n'.repeat(longestFile + 1), 'lines'],
  ])('refuse in %s: %s', (path, text, why) => {
    expect(violationsOf(path, text)).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    ['harness/faults/a.ts', "import { b } from './b.ts'; import { c } from '../platform/c.ts'; import pg from 'pg';"],
    ['harness/bench/a.ts', "import { b } from '../run/b.ts'; import { c } from '../engines/c.ts';"],
    ['harness/cli/a.ts', "// import { b } from '../console/b.ts';\nconst c = \"import d from '../console/d.ts'\";"],
    ['scenarios/one/scenario.ts', "import { a } from '../../harness/authoring.ts'; import { b } from './rubric.ts';"],
    ['sandbox-app/src/a.ts', "import { b } from './b.ts'; import express from 'express';"],
  ])('allow in %s: %s', (path, text) => {
    expect(violationsOf(path, text)).toEqual([]);
  });
});
