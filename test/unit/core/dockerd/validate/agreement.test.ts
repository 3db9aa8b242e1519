import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import JSON5 from 'json5';
import { validateConfig } from '../../../../../src/core/dockerd/validate/validate.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import { PACKAGED_ARGV, referenceHost } from '../../../../support/reference-host.js';

/** bench/agreement: made configurations, and what real dockerds did with them. */
interface Cases {
  readonly values: readonly (readonly [string, readonly unknown[]])[];
  readonly together: readonly unknown[];
  readonly texts: readonly (readonly [string, string])[];
  readonly bytes: readonly (readonly [string, string])[];
}

const folder = 'bench/agreement';
const cases = JSON5.parse<Cases>(readFileSync(`${folder}/cases.json5`, 'utf8'));
const bytesOf = new Map<string, Buffer>([
  ...cases.values.flatMap(([key, values]) =>
    values.map((value, index) => [`${key}-${index}`, json({ [key]: value })] as const),
  ),
  ...cases.together.map((config, index) => [`together-${index}`, json(config)] as const),
  ...cases.texts.map(([name, text]) => [`text-${name}`, Buffer.from(text)] as const),
  ...cases.bytes.map(([name, base64]) => [`bytes-${name}`, Buffer.from(base64, 'base64')] as const),
]);

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

const versions = readdirSync(`${folder}/answers`).map((name) => name.replace('.tsv', ''));

describe.each(versions)('the verdict for dockerd %s is what that dockerd did', (version) => {
  const answers = readFileSync(`${folder}/answers/${version}.tsv`, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
  const judged = answers.map((line) => {
    const [name = '', start, reload] = line.split('\t');
    const verdict = validateConfig({
      bytes: bytesOf.get(name)!,
      engine: parseVersion(version)!,
      argv: PACKAGED_ARGV,
      host: referenceHost(version),
    });
    return { name, start, reload, verdict };
  });

  test('for every start', () => {
    expect(judged.map(({ name, verdict }) => `${name} ${verdict.starts ? 'ok' : 'fail'}`)).toEqual(
      judged.map(({ name, start }) => `${name} ${start}`),
    );
  });

  test('for every reload', () => {
    expect(judged.map(({ name, verdict }) => `${name} ${verdict.reloads ? 'ok' : 'fail'}`)).toEqual(
      judged.map(({ name, reload }) => `${name} ${reload === 'ok' ? 'ok' : 'fail'}`),
    );
  });

  test('and every finding has a place, a reason and something to do', () => {
    for (const finding of judged.flatMap(({ verdict }) => verdict.findings)) {
      expect(finding).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
      expect(finding.message).not.toMatch(/undefined|\[object|[\u0000-\u001f]/);
      expect(finding.hint).toMatch(/^[a-z]/);
    }
  });
});
