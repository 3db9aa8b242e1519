import { describe, expect, test } from '@jest/globals';
import { judge, neededBy, saidAt, verdictOf } from '../../../../../support/judge-config.js';

const starts = (config: object) => judge(config).starts;

test.each(['/proc', '/proc/x', '/sys/x'])(
  'nothing can be kept in %s, on whatever machine',
  (folder) => {
    expect(starts({ 'data-root': folder })).toBe(false);
    expect(starts({ 'exec-root': folder })).toBe(false);
  },
);

test('a folder elsewhere is made where it is missing', () => {
  expect(starts({ 'data-root': '/srv/docker' })).toBe(true);
  expect(starts({ 'data-root': '/process' })).toBe(true);
  // /tmp is there: dockerd takes its real path, and containers run (typed on 20.10, 26.1 and 28.5).
  expect(verdictOf({ 'data-root': 'tmp' })).toEqual(['works']);
});

test('a folder cannot stand where every Linux has a file', () => {
  expect(verdictOf({ 'data-root': '/etc/passwd/docker' })).toEqual([
    'no start',
    'error bad-value data-root -> name a folder',
  ]);
});

test.each([[{ 'data-root': 'rel' }], [{ 'exec-root': 'rel' }], [{ 'containerd-namespace': '-x' }]])(
  'dockerd starts with %j, and no container does',
  (config) => {
    expect(judge(config, { engine: '26.1' })).toMatchObject({ starts: true, containers: false });
  },
);

describe('on 20.10', () => {
  const startsOn = (text: string, engine = '20.10') =>
    judge(text, { engine, host: { kindOf: (path) => (path === '/dev/null' ? 'other' : null) } })
      .starts;

  test('a data-root that does not begin at / keeps dockerd looking for its mount point', () => {
    expect(startsOn('{"data-root": "relative"}')).toBe(false);
    expect(startsOn('{"data-root": "/srv"}')).toBe(true);
    expect(startsOn('{"data-root": "relative"}', '28.5')).toBe(true);
    expect(startsOn('{"data-root": "relative", "userns-remap": "default"}', '28.5')).toBe(false);
  });

  test('a device is no key', () => {
    expect(startsOn('{"deprecated-key-path": "/dev/null"}')).toBe(false);
    expect(startsOn('{"deprecated-key-path": "/dev/null"}', '26.1')).toBe(true);
  });

  test('nor is a file without one', () => {
    const host = (isPem: boolean) => ({
      kindOf: (path: string) => (path === '/k' ? ('file' as const) : ('folder' as const)),
      isPem: () => isPem,
    });
    const text = '{"deprecated-key-path": "/k"}';
    expect(judge(text, { engine: '20.10', host: host(false) }).starts).toBe(false);
    expect(judge(text, { engine: '20.10', host: host(true) }).starts).toBe(true);
  });

  test('the folder of the key is made, and cannot be below a file', () => {
    const host = { kindOf: (path: string) => (path === '/etc/passwd' ? ('file' as const) : null) };
    const text = (path: string) => `{"deprecated-key-path": "${path}"}`;
    const given = { engine: '20.10', host };
    expect(saidAt(text('/etc/passwd/x'), given)).toEqual(['error bad-value 1:2']);
    expect(saidAt(text('/srv/keys/x'), given)).toEqual([]);
    expect(judge(text('/etc/passwd/x'), { engine: '26.1', host }).starts).toBe(true);
  });
});

test('what must be there, and be a file', () => {
  const nothing = { kindOf: () => null };
  expect(verdictOf({ containerd: '/run/c.sock' }, { host: nothing })).toEqual([
    'no start',
    'error missing-file containerd -> create /run/c.sock, or correct containerd',
  ]);
  expect(neededBy({ containerd: '/run/c.sock' })).toEqual(['containerd: /run/c.sock']);
  expect(verdictOf({ pidfile: '/run' })).toEqual([
    'no start',
    'error bad-value pidfile -> name a file, such as "/run/docker.pid"',
  ]);
});

/** containerd pkg/identifiers, Validate. */
test('a name space of containerd, which is not that of the plugins', () => {
  const named = (name: string, argv: string[] = []) =>
    verdictOf({ 'containerd-namespace': name }, { argv });
  expect(named('moby')).toEqual(['works']);
  expect(named('a.b-c_d')).toEqual(['works']);
  expect(named('a..b')).toEqual([
    'no container',
    'error bad-value containerd-namespace -> write letters and digits, with single . _ or - between them',
  ]);
  const same = ['no start', 'error bad-value containerd-namespace -> remove containerd-namespace'];
  expect(named('plugins.moby')).toEqual(same);
  expect(named('x', ['--containerd-plugins-namespace=x'])).toEqual(same);
});
