import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { rootWith } from '../../../support/daemon-json.js';

/** The standard's own (docs.oasis-open.org/sarif, 2.1.0), which is draft 4: what Ajv does not know of it is left out. */
function sarifSchema(): object {
  const path = createRequire(import.meta.url).resolve(
    '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
  );
  const old = ['$schema', 'id', 'exclusiveMinimum'];
  return JSON.parse(readFileSync(path, 'utf8'), function (this: object, key, value: unknown) {
    return old.includes(key) && typeof value !== 'object' ? undefined : value;
  }) as object;
}

const ajv = new Ajv({
  strict: false,
  validateFormats: false,
  unicodeRegExp: false,
  allErrors: true,
});
const validate = ajv.compile(sarifSchema());

test('the schema refuses what is no SARIF', () => {
  expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
  expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { nam: 'x' } } }] })).toBe(false);
});

test.each([
  ['no finding', '{}', []],
  ['findings of each severity', '{"debgu": 1, "registry-mirror": ["https://a"], "tls": false}', []],
  ['a file that is no JSON', '{"debug": true,,}', []],
  ['a flag that stands in no file', '{}', ['--unit-flags=--nonsense']],
])('of %s --format sarif makes what the standard wants', async (_, text, flags) => {
  const root = rootWith(null);
  writeFileSync(root.at('a file %.json'), text);
  const { stdout } = await root.run(
    ...['config', 'validate', '/a file %.json', '--engine', '28', '--format', 'sarif', ...flags],
  );
  const log: unknown = JSON.parse(stdout);
  validate(log);
  expect(validate.errors).toBeNull();
  expect(log).toMatchObject({ runs: [{ tool: { driver: { name: 'dockerctl' } } }] });
});
