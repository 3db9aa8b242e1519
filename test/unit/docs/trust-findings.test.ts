import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { PARSE_WORDS } from '../../../src/core/pki/go/words/parse-words.js';
import { VERIFY_WORDS } from '../../../src/core/pki/go/words/verify-words.js';

const FOLDER = 'src/core/trust';

test('docs/findings.md lists every code about trust', () => {
  const sources = readdirSync(FOLDER, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'));
  const written = sources.flatMap((text) =>
    [...text.matchAll(/code: '((?:trust|registry|token)-[a-z-]+)'/g)].map(([, code = '']) => code),
  );
  const codes = [
    ...written,
    ...Object.keys({ ...PARSE_WORDS, ...VERIFY_WORDS }).map((code) => `registry-${code}`),
  ];
  const page = readFileSync('docs/findings.md', 'utf8');
  const missing = [...new Set(codes)].filter((code) => !page.includes(`| \`${code}\` |`));
  expect(codes.length).toBeGreaterThan(30);
  expect(missing).toEqual([]);
});
