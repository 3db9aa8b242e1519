import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const page = readFileSync('docs/findings.md', 'utf8');

test('docs/findings.md lists every code of certs check, inspect and verify', () => {
  const sources = ['faults', 'authority-faults', 'judgement'].map(
    (one) => `core/pki/authority/${one}`,
  );
  const written = [...sources, 'system/authority/authority-check'].flatMap((source) =>
    [
      ...readFileSync(`src/${source}.ts`, 'utf8').matchAll(
        /(?:code: |problem\(\s*)'([a-z0-9-]+)'/g,
      ),
    ].map(([, code = '']) => code),
  );
  expect(written.length).toBeGreaterThan(15);
  expect(written.filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
});
