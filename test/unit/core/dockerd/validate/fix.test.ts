import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import JSON5 from 'json5';
import { fixableOf, fixConfig } from '../../../../../src/core/dockerd/validate/fix.js';
import { KEYS } from '../../../../../src/core/dockerd/options/keys/keys.js';
import {
  validateConfig,
  type ValidationInput,
} from '../../../../../src/core/dockerd/validate/validate.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import { PACKAGED_ARGV, referenceHost } from '../../../../support/reference-host.js';

const situation = (text: string, version = '28.5.2'): ValidationInput => ({
  bytes: Buffer.from(text),
  engine: parseVersion(version)!,
  argv: PACKAGED_ARGV,
  host: referenceHost(version),
});

const fix = (text: string, version?: string) => {
  const fixed = fixConfig(situation(text, version));
  return fixed === null ? null : Buffer.from(fixed.bytes).toString();
};

const fixable = (text: string, version?: string) => {
  const input = situation(text, version);
  return [...fixableOf(validateConfig(input), input.bytes)];
};

describe('fixConfig', () => {
  test.each([
    '{"log-opt": "max-size=10m"}',
    '{"default-ulimit": ["nofile=1:2"]}',
    '{"label": ["x"]}',
    '{"registry-mirror": ["mirror.test"]}',
    '{"host": ["unix:///run/docker.sock"]}',
  ])('%s is left as it is: dockerd would not start with what is meant', (text) => {
    expect(validateConfig(situation(text, '26.1.5'))).toMatchObject({ starts: true });
    expect(fix(text, '26.1.5')).toBeNull();
    expect(fixable(text, '26.1.5')).toEqual([]);
  });

  test.each([
    ['', '{}\n'],
    [' \n', '{}\n'],
    ['\ufeff{"debug": true}', '{"debug": true}'],
    ['\ufeff{"debug": "true",}', '{"debug": true}'],
  ])('%j is written as 20.10 reads it', (text, fixed) => {
    expect(fix(text, '20.10.24')).toBe(fixed);
    const encoded = Buffer.from(`\ufeff${text.replace('\ufeff', '')}`, 'utf16le');
    const utf16 = fixConfig({ ...situation(text, '20.10.24'), bytes: encoded });
    expect(utf16 === null ? null : Buffer.from(utf16.bytes).toString()).toBe(fixed);
    expect(fix('')).toBeNull();
  });

  test.each([
    [
      '{"default-ulimits": {"nofile": {"Soft": 1, "Hard": 2}}}',
      '{"default-ulimits": {"nofile": {"Soft": 1, "Hard": 2, "Name": "nofile"}}}',
    ],
    ['{"default-ulimits": {"files": {"Soft": 1, "Hard": 2}}}', null],
    ['{"default-ulimits": {"nofile": {"name": "", "Soft": 1, "Hard": 2}}}', null],
    [
      '{"runtimes": {"nvidia": {"path": "/bin/sh"}}, "default-runtime": "nvidea"}',
      '{"runtimes": {"nvidia": {"path": "/bin/sh"}}, "default-runtime": "nvidia"}',
    ],
    ['{"default-runtime": "runsc"}', null],
    ['{"default-runtime": "kata"}', null],
    ['{"mtu": 1, "mtu": 2, "tls": "true"}', '{"mtu": 1, "mtu": 2, "tls": true}'],
  ])('%s becomes %s', (text, fixed) => {
    expect(fix(text)).toBe(fixed);
  });

  test('settings behind the end, of which 20.10 takes no notice, are joined', () => {
    const text = '{"debug": true}\n{"mtu": 1450}\n';
    expect(validateConfig(situation(text, '20.10.24'))).toMatchObject({ starts: true });
    expect(fixable(text, '20.10.24').map(({ code }) => code)).toEqual(['second-value']);
    expect(fix(text, '20.10.24')).toBe('{"debug": true,"mtu": 1450}\n');
    expect(fix('{"debug": true},\n"mtu": 1450\n', '20.10.24')).toBe(
      fix('{"debug": true},\n"mtu": 1450\n'),
    );
    expect(fix('{"debug": true}\n{"debug": false}\n', '20.10.24')).toBeNull();
  });

  test('one that does no harm is fixed beside one that does', () => {
    expect(fix('{"label": ["x"], "registry-mirror": ["https://m.test"]}', '26.1.5')).toBe(
      '{"label": ["x"], "registry-mirrors": ["https://m.test"]}',
    );
  });

  test.each([
    [
      '{"registry-mirror": "https://m.corp", "bip": ""}',
      '{"registry-mirrors": ["https://m.corp"], "bip": ""}',
    ],
    ['{"insecure_registries": ["a:5000"]}', '{"insecure-registries": ["a:5000"]}'],
    [
      '{"insecure-registries": ["http://a:5000/", "b/c"]}',
      '{"insecure-registries": ["a:5000", "b"]}',
    ],
    ['{"registry-mirrors": ["HTTPS://m.corp"]}', '{"registry-mirrors": ["https://m.corp"]}'],
    ['{"debug": "true",  "mtu": "1450"}', '{"debug": true,  "mtu": 1450}'],
    ['{"log-opts": {"max-file": 3}}', '{"log-opts": {"max-file": "3"}}'],
    ['{"dns": "10.0.0.1"}', '{"dns": ["10.0.0.1"]}'],
    ['{"hosts": ["fd://"], "debug": true}', '{"debug": true}'],
    ['{"storage-opts": ["overlay2.override_kernel_check=true"]}', '{"storage-opts": []}'],
    ['{"https-proxy": "http://p:1"}', '{"proxies": {"https-proxy": "http://p:1"}}'],
    ['{"userland-proxy": true, "debug": true}', '{"debug": true}'],
    ['{"graph": "/var/lib/docker"}', '{"data-root": "/var/lib/docker"}'],
    ['{"disable-legacy-registry": true, "debug": true}', '{"debug": true}'],
  ])('%s', (text, expected) => {
    expect(fix(text)).toBe(expected);
    const after = validateConfig(situation(expected));
    expect(after.starts && after.reloads).toBe(true);
  });

  test.each([
    ['a guess', '{"registry-mirors": []}'],
    ['a mirror whose scheme nobody knows', '{"registry-mirrors": ["m.corp"]}'],
    ['a password', '{"registry-mirrors": ["https://u:p@m.corp"]}'],
    ['a key whose right name is there too', '{"label": ["a=1"], "labels": ["b=1"]}'],
    ['addresses to listen on that the unit does not name', '{"hosts": ["tcp://127.0.0.1:2375"]}'],
    ['a number that would be rounded', '{"data-root": 123456789012345678901234567890}'],
    ['what is right', '{"debug": true}'],
  ])('does not touch %s', (_, text) => {
    expect(fix(text)).toBeNull();
    expect(fixable(text)).toEqual([]);
  });

  const texts = casesOf();

  test('fixes what it calls fixable, and is done then', () => {
    for (const text of texts) {
      const fixed = fix(text);
      expect([text, fixable(text).length > 0]).toEqual([text, fixed !== null]);
      if (fixed === null) continue;
      expect(fixable(fixed)).toEqual([]);
      expect(fix(fixed)).toBeNull();
    }
  });

  test('keeps the bytes of every value that it does not fix', () => {
    const known = fc.constantFrom(
      ...KEYS.filter(({ shape }) => shape === 'string').map(({ name }) => name),
    );
    const space = fc.constantFrom('', ' ', '\n\t', '  ');
    fc.assert(
      fc.property(known, fc.string(), space, space, (name, value, a, b) => {
        fc.pre(name !== 'graph');
        const kept = `${JSON.stringify(name)}${a}:${b}${JSON.stringify(value)}`;
        const fixed = fix(`{${a}"debug"${b}:${a}"true",${b}${kept}${a}}`) ?? '';
        return fixed.includes('true') && (fixed.includes(kept) || !fixed.includes(`"${name}"`));
      }),
    );
  });
});

/** The configurations that real dockerds were asked about. */
function casesOf(): string[] {
  const { values, together, texts } = JSON5.parse<{
    readonly values: readonly (readonly [string, readonly unknown[]])[];
    readonly together: readonly unknown[];
    readonly texts: readonly (readonly [string, string])[];
  }>(readFileSync('bench/agreement/cases.json5', 'utf8'));
  return [
    ...values.flatMap(([key, each]) => each.map((value) => JSON.stringify({ [key]: value }))),
    ...together.map((config) => JSON.stringify(config)),
    ...texts.map(([, text]) => text),
  ];
}

test('what is certain is fixed beside what only its author can correct, which is left as it was and told', () => {
  const text =
    '{\n  // note\n  "log-level": warn and more,\n  "mtu": "1400",\n  "debug": yes,\n  "registry-mirror": ["https://m.example"],\n  "bip": \n}\n';
  const input = situation(text);
  const fixed = fixConfig(input);
  expect(Buffer.from(fixed?.bytes ?? []).toString()).toBe(
    '{\n  "log-level": warn and more,\n  "mtu": 1400,\n  "debug": true,\n  "registry-mirrors": ["https://m.example"],\n  "bip": \n}\n',
  );
  expect(fixed?.comments).toEqual([{ line: 2, text: '// note' }]);
  expect(fixConfig({ ...input, bytes: fixed?.bytes ?? Buffer.of() })).toBeNull();
  const verdict = validateConfig(input);
  const fixable = fixableOf(verdict, input.bytes);
  const left = verdict.findings.filter(
    (finding) => !fixable.has(finding) && finding.subject === 'daemon.json',
  );
  expect(left.map(({ line }) => line)).toEqual([3, 8]);
});
