import { expect, test } from '@jest/globals';
import { parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';
import { validateConfig } from '../../../../../../src/core/dockerd/validate/validate.js';

function starts(config: object): boolean {
  const verdict = validateConfig({
    bytes: Buffer.from(JSON.stringify(config)),
    path: '/etc/docker/daemon.json',
    engine: parseVersion('28.5.2') ?? [0, 0, 0],
    argv: ['dockerd'],
    host: {},
  });
  return verdict.starts;
}

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
});

test('a folder cannot stand where every Linux has a file', () => {
  expect(starts({ 'data-root': '/etc/passwd/docker' })).toBe(false);
});
