import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import ts from 'typescript';
import { sourcesBelow } from '../support/sources.js';

/** It declares a function, or exports one with an arrow; types, tables and texts are tested by who reads them. */
function does(source: ts.SourceFile): boolean {
  const declares = (node: ts.Node): boolean =>
    ts.isFunctionDeclaration(node) || (ts.forEachChild(node, declares) ?? false);
  return declares(source) || source.statements.some(isExportedArrow);
}

function isExportedArrow(statement: ts.Statement): boolean {
  return (
    ts.isVariableStatement(statement) &&
    statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true &&
    statement.declarationList.declarations.some(
      ({ initializer }) => initializer !== undefined && ts.isArrowFunction(initializer),
    )
  );
}

const testOf = (path: string) => path.replace(/^src\//, 'test/unit/').replace(/\.ts$/, '.test.ts');

test('each file of src/core that does something has a test at its path and by its name', () => {
  const files = sourcesBelow('src/core')
    .filter(does)
    .map(({ fileName }) => fileName);
  expect(files).not.toEqual([]);
  expect(files.filter((path) => !existsSync(testOf(path)))).toEqual([]);
});
