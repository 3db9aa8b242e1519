import { describe, expect, test } from '@jest/globals';
import type { DaemonConfig } from '../../../../src/core/dockerd/activation/activation.js';
import {
  authority,
  certificate,
  daemonStatements,
  distrusted,
  keyOf,
  notInsecure,
  trusted,
} from '../../../../src/core/declaration/statements.js';

describe('a change of daemon.json', () => {
  test('says what differs, each key in its place', () => {
    const before = { debug: true, 'log-driver': 'local', same: { a: 1 } };
    const after = { 'log-driver': 'journald', 'registry-mirrors': ['https://m'], same: { a: 1 } };
    expect(
      daemonStatements(before, after).map(({ path, also, say }) => [path, also, say(undefined)]),
    ).toEqual([
      [['daemon', 'debug'], undefined, null],
      [['daemon', 'log-driver'], undefined, 'journald'],
      [['mirrors'], ['daemon', 'registry-mirrors'], ['https://m']],
    ]);
  });

  test('a key is called as what every object of JavaScript has', () => {
    const said = (before: DaemonConfig, after: DaemonConfig) =>
      daemonStatements(before, after).map(({ path, say }) => [path, say(undefined)]);
    expect(said({}, { toString: 'b' })).toEqual([[['daemon', 'toString'], 'b']]);
    expect(said({ toString: 'b' }, {})).toEqual([[['daemon', 'toString'], null]]);
  });

  test('a list that is gone is empty: null would not be one', () => {
    const [only] = daemonStatements({ 'insecure-registries': ['r'] }, {});
    expect([only?.path, only?.say(['r'])]).toEqual([['insecure'], []]);
  });

  test.each([
    [['mirrors'], 'registry-mirrors'],
    [['insecure'], 'insecure-registries'],
    [['daemon', 'debug'], 'debug'],
    [['registries', 'r.test'], 'r.test'],
  ])('declared at %j it is the key %s', (path, key) => {
    expect(keyOf(path)).toBe(key);
  });
});

describe('a registry', () => {
  const trust = {
    ...{ ca: 'PEM', client: null, insecure: false, verify: true, to: ['docker'] as const },
  };
  const said = (declared: object | undefined, more: Partial<Parameters<typeof trusted>[1]> = {}) =>
    trusted('r.test', { ...trust, ...more }).say(declared as never);

  test('is declared by its CA; whoever was declared before stays', () => {
    expect(trusted('r.test', trust).path).toEqual(['registries', 'r.test']);
    expect(said(undefined)).toEqual({ ca: { pem: 'PEM' } });
    expect(said({ to: ['podman'] })).toEqual({ ca: { pem: 'PEM' }, to: ['docker', 'podman'] });
    expect(said(undefined, { ca: null, insecure: true, verify: false })).toEqual({
      ...{ insecure: true, verify: false },
    });
  });

  test('that nobody of a declaration’s consumers trusts is not declared', () => {
    expect(said(undefined, { to: ['java'] })).toBeUndefined();
  });

  test('is taken out for some, or for all', () => {
    const declared = { ca: { pem: 'PEM' }, to: ['docker', 'podman'] };
    expect(distrusted('r.test', ['podman']).say(declared)).toEqual({ ca: { pem: 'PEM' } });
    expect(distrusted('r.test', ['docker', 'podman']).say(declared)).toBeUndefined();
    expect(distrusted('r.test', null).say(declared)).toBeUndefined();
    expect(distrusted('r.test', ['podman']).say({ ca: 1 })).toEqual({ ca: 1 });
  });

  test('is insecure no more where that list is declared', () => {
    expect(notInsecure('r').say(['r', 's'])).toEqual(['s']);
    expect(notInsecure('r').say(undefined)).toBeUndefined();
  });
});

test('a CA of the system’s store', () => {
  expect(authority('corp', 'PEM')).toMatchObject({ path: ['cas', 'corp'] });
  expect(authority('corp', 'PEM').say(undefined)).toEqual({ pem: 'PEM' });
  expect(authority('corp', null).say({ pem: 'PEM' })).toBeUndefined();
});

describe('a certificate', () => {
  const dns = (value: string) => ({ kind: 'dns', value }) as const;

  test('says what is no default', () => {
    expect(certificate('a.test', { names: [dns('a.test')] }, null).say(undefined)).toEqual({});
    const more = { names: [dns('a.test'), { kind: 'ip', value: '192.0.2.1' } as const], days: 30 };
    expect(certificate('a', { ...more, profile: 'client' }, null).say(undefined)).toEqual({
      ...{ domains: ['a.test'], ips: ['192.0.2.1'], days: 30, profile: 'client' },
    });
  });

  test('is put into one place more, each once', () => {
    const one = certificate('a', { names: [] }, { kind: 'folder', path: '/srv' });
    const said = one.say({ deploy: [{ harbor: '/h' }] });
    expect(said).toEqual({ deploy: [{ harbor: '/h' }, { to: '/srv' }] });
    expect(one.say(said)).toEqual(said);
  });
});
