import { describe, expect, test } from '@jest/globals';
import {
  configJsonSchema,
  configSchema,
} from '../../../../../../src/core/dockerd/options/keys/schema.js';
import { parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';

const engine = (text: string) => parseVersion(text)!;
const accepts = (value: unknown, version = '28.5.2') =>
  configSchema(engine(version)).safeParse(value).success;

describe('the types that dockerd decodes', () => {
  test.each([
    {},
    { debug: true, mtu: 1400, 'log-driver': 'local', dns: ['1.1.1.1'] },
    { 'log-opts': { 'max-size': '10m' } },
    { 'default-address-pools': [{ base: '10.0.0.0/8', size: 24 }] },
    { 'default-ulimits': { nofile: { Name: 'nofile', Soft: 1, Hard: 2 } } },
    { runtimes: { crun: { path: '/usr/bin/crun', runtimeArgs: ['--debug'] } } },
    { 'shutdown-timeout': -1 },
    { features: { 'containerd-snapshotter': true } },
  ])('%j', (value) => {
    expect(accepts(value)).toBe(true);
  });

  test.each([
    null,
    [],
    'x',
    { debug: 'true' },
    { debug: 1 },
    { mtu: 1400.5 },
    { mtu: '1400' },
    { dns: '1.1.1.1' },
    { dns: [1] },
    { 'log-opts': { 'max-file': 3 } },
    { 'log-opts': [] },
    { 'default-address-pools': [{ base: 1 }] },
    { nonsense: true },
    { Debug: true },
  ])('%j is none', (value) => {
    expect(accepts(value)).toBe(false);
  });
});

test('an engine has its own keys and no others', () => {
  expect(accepts({ proxies: { 'http-proxy': 'http://p' } }, '20.10.24')).toBe(false);
  expect(accepts({ proxies: { 'http-proxy': 'http://p' } }, '23.0.0')).toBe(true);
  expect(accepts({ graph: '/x' }, '20.10.24')).toBe(true);
  expect(accepts({ graph: '/x' }, '28.5.2')).toBe(false);
});

test('JSON Schema for editors (draft 2020-12)', () => {
  const schema = configJsonSchema(engine('28.5.2'));
  expect(schema).toMatchObject({
    ...{ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' },
    additionalProperties: false,
    properties: {
      debug: { type: 'boolean', description: 'dockerd: every engine' },
      dns: { type: 'array', items: { type: 'string' } },
      'log-opts': { type: 'object', additionalProperties: { type: 'string' } },
      mtu: { type: 'integer' },
    },
  });
  expect(schema).not.toHaveProperty('required');
});
