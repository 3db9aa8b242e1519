import { expect, test } from '@jest/globals';
import ts from 'typescript';
import { sourcesBelow } from '../support/sources.js';

/** Rule 6 of docs/architecture.md. What a file keeps to itself may have a short name. */
test('no two files export a type of one name', () => {
  const homes = new Map<string, string[]>();
  for (const source of sourcesBelow('src'))
    for (const statement of source.statements) {
      if (!ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement)) continue;
      if (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) !== true)
        continue;
      const { text } = statement.name;
      homes.set(text, [...(homes.get(text) ?? []), source.fileName]);
    }
  expect([...homes].filter(([, files]) => files.length > 1)).toEqual([]);
});
