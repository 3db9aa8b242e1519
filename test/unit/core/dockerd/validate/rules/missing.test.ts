import { describe, expect, test } from '@jest/globals';
import {
  checkPem,
  checkReadable,
  hasProgram,
  unlessProgram,
} from '../../../../../../src/core/dockerd/validate/rules/missing.js';
import type { FileKind } from '../../../../../../src/core/dockerd/validate/host-facts.js';
import type { DecodedConfig } from '../../../../../../src/core/dockerd/validate/rules/rule.js';

/** A machine with these files; of `null` nobody could look. */
const on = (files: Readonly<Record<string, FileKind | 'hidden'>> | null, isPem?: boolean) =>
  ({
    host:
      files === null
        ? {}
        : {
            kindOf: (path: string) => files[path] ?? null,
            ...(isPem !== undefined && { isPem: () => isPem }),
          },
  }) as unknown as DecodedConfig;

const named = { key: 'seccomp-profile', file: '/p.json', stops: 'start' } as const;

describe('a file that dockerd reads at its start', () => {
  test('is there', () => {
    expect(checkReadable(on({ '/p.json': 'file' }), named)).toEqual([]);
    expect(checkReadable(on({ '/p.json': 'other' }), named)).toEqual([]);
  });

  test('is missing', () => {
    const [problem] = checkReadable(on({}), named);
    expect(problem).toMatchObject({
      ...{ code: 'missing-file', path: ['seccomp-profile'], stops: 'start' },
      hint: 'create /p.json, or correct seccomp-profile',
    });
    expect(problem).not.toHaveProperty('need');
  });

  test.each([[null], [{ '/p.json': 'hidden' }]] as const)(
    'is needed where nobody could look: %j',
    (files) => {
      expect(checkReadable(on(files), named)).toMatchObject([
        { code: 'missing-file', need: { needs: 'file', what: '/p.json' } },
      ]);
    },
  );

  test.each(['folder', 'socket'] as const)('is a %s', (kind) => {
    expect(checkReadable(on({ '/p.json': kind }), named)).toMatchObject([
      { code: 'bad-value', message: expect.stringContaining(`is a ${kind}`), hint: 'name a file' },
    ]);
  });
});

test('a certificate or a key begins with -----BEGIN', () => {
  const tls = { key: 'tlscert', file: '/c', stops: 'start' } as const;
  expect(checkPem(on({ '/c': 'file' }, true), tls)).toEqual([]);
  expect(checkPem(on({ '/c': 'file' }), tls)).toEqual([]);
  expect(checkPem(on({ '/c': 'file' }, false), tls)).toMatchObject([
    { code: 'bad-value', hint: 'name a file that begins with -----BEGIN' },
  ]);
  expect(checkPem(on({}, false), tls)).toMatchObject([{ code: 'missing-file' }]);
});

/** os/exec, LookPath, with the PATH of systemd's services (systemd.exec(5)). */
describe('a program', () => {
  test.each<[string, Readonly<Record<string, FileKind | 'hidden'>> | null, boolean | undefined]>([
    ['runsc', { '/usr/local/bin/runsc': 'executable' }, true],
    ['runsc', { '/usr/sbin/runsc': 'executable' }, true],
    ['runsc', { '/opt/bin/runsc': 'executable' }, false],
    ['runsc', { '/usr/bin/runsc': 'file' }, false],
    ['/opt/bin/runsc', { '/opt/bin/runsc': 'executable' }, true],
    // dockerd stands at /.
    ['opt/bin/runsc', { '/opt/bin/runsc': 'executable' }, true],
    ['runsc', null, undefined],
    ['runsc', { '/usr/sbin/runsc': 'hidden' }, undefined],
    ['runsc', { '/usr/local/sbin/runsc': 'hidden', '/bin/runsc': 'executable' }, true],
  ])('%s with %j: %s', (program, files, expected) => {
    expect(hasProgram(on(files), program)).toBe(expected);
  });

  test('is a problem, a need, or neither', () => {
    const problem = { code: 'missing-program', path: ['x'], message: 'm', hint: 'h' } as const;
    expect(unlessProgram(on({ '/bin/x': 'executable' }), 'x', problem)).toEqual([]);
    expect(unlessProgram(on({}), 'x', problem)).toEqual([problem]);
    expect(unlessProgram(on(null), 'x', problem)).toEqual([
      { ...problem, need: { needs: 'program', what: 'x' } },
    ]);
  });
});
