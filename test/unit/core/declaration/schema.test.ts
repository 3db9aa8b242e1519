import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DECLARATION, declarationSchema, keysAt } from '../../../../src/core/declaration/schema.js';

test('the JSON Schema for editors is the one we check with', () => {
  const shipped = readFileSync('templates/dockerctl.schema.json', 'utf8');
  expect(shipped).toBe(`${JSON.stringify(declarationSchema(), null, 2)}\n`);
});

test.each<[readonly string[], readonly string[]]>([
  [[], ['daemon', 'mirrors', 'registries', 'restart', 'agent']],
  [['agent'], ['debounce', 'scan']],
  [
    ['registries', 'any.test'],
    ['ca', 'insecure', 'to'],
  ],
])('keys that may stand at %j', (path, some) => {
  expect(keysAt(DECLARATION, path)).toEqual(expect.arrayContaining([...some]));
});

test.each([['daemon', 'runtimes'], ['nowhere'], ['mirrors', '0'], ['registries']])(
  'none where any may, or where no object is: %s %s',
  (...path) => {
    expect(keysAt(DECLARATION, path)).toEqual([]);
  },
);
