import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import ts from 'typescript';
import { sourcesBelow } from '../support/sources.js';

/** Folders of which each file that does something has a test of its own, at its path and by its name. */
const MIRRORED = ['src/core'];

/** It declares a function; types, tables and texts are tested by who reads them. */
function does(source: ts.SourceFile): boolean {
  const declares = (node: ts.Node): boolean =>
    ts.isFunctionDeclaration(node) || (ts.forEachChild(node, declares) ?? false);
  return declares(source);
}

const testOf = (path: string) => path.replace(/^src\//, 'test/unit/').replace(/\.ts$/, '.test.ts');

test.each(MIRRORED)('each file of %s has its test', (folder) => {
  const files = sourcesBelow(folder)
    .filter(does)
    .map(({ fileName }) => fileName);
  expect(files).not.toEqual([]);
  expect(files.filter((path) => !existsSync(testOf(path)))).toEqual([]);
});
