import { expect, test } from '@jest/globals';
import { rulesOfEngine } from '../../../../../../src/core/pki/go/rules/engine.js';

const told = (goVersion: string, version: string) =>
  rulesOfEngine({ goVersion, version }).map(
    ({ generation, rsaAtLeast1024 }) => `${generation}${rsaAtLeast1024 ? ' strict' : ''}`,
  );

/** As GET /version of Debian's and docker's own builds has it. */
test.each([
  ['go1.19.8', '20.10.24+dfsg1', ['1.19']],
  ['go1.13.15', '20.10.0', ['1.19']],
  ['go1.24.4', '26.1.5+dfsg1', ['1.24']],
  ['go1.24.9', '28.5.2', ['1.24', '1.24 strict']],
  ['go1.21.11', '26.1.4', ['1.19', '1.24']],
  ['go1.23.1', '27.3.0', ['1.19', '1.24', '1.24 strict']],
  ['go1.26', '28.5.2+dfsg1', ['1.24', '1.27']],
  ['go1.27', '30.0.0+dfsg1', ['1.27']],
  ['go1.30.1', '31.0.0', ['1.27', '1.27 strict']],
  ['devel go1.25-abc', '29.0.0', expect.arrayContaining(['1.19', '1.24', '1.27'])],
])('%s of dockerd %s', (goVersion, version, rules) => {
  expect(told(goVersion, version)).toEqual(rules);
});

test('no dockerd: by all of them', () => {
  expect(rulesOfEngine(null).map(({ generation }) => generation)).toEqual(['1.19', '1.24', '1.27']);
});
