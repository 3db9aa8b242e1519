import { describe, expect, test } from '@jest/globals';
import { fileError, onFile } from '../../../../src/core/text/file-error.js';
import { DockerctlError, type ErrorCode } from '../../../../src/errors.js';

const errno = (code: string) => Object.assign(new Error(code), { code });

describe('fileError', () => {
  test.each<[string, 'read' | 'write', ErrorCode, RegExp, string]>([
    ['EACCES', 'write', 'not-permitted', /permission denied/, 'sudo'],
    ['EACCES', 'read', 'not-permitted', /permission denied/, 'sudo'],
    ['EPERM', 'write', 'file-not-writable', /immutable/, 'chattr -i -a /f'],
    ['EROFS', 'write', 'file-not-writable', /read-only/, 'findmnt -T /f'],
    ['ENOSPC', 'write', 'file-not-writable', /no space/, 'df -h /f'],
    ['EIO', 'read', 'file-unreadable', /input\/output/, 'dmesg'],
    ['EXYZ', 'write', 'file-not-writable', /EXYZ/, 'namei -l /f'],
  ])('%s on %s is %s', (code, action, expected, message, hint) => {
    const error = fileError(errno(code), '/f', action) as DockerctlError;
    expect(error).toMatchObject({ code: expected });
    expect(error.message).toMatch(message);
    expect(error.hint).toContain(hint);
  });

  test('a path that a shell would take apart is one word of the hint', () => {
    const error = fileError(errno('ENOSPC'), "/a b/$&'", 'write') as DockerctlError;
    expect(error.hint).toContain(String.raw`df -h '/a b/$&'\'''`);
  });

  test('our own errors pass unchanged', () => {
    const error = new DockerctlError({ code: 'stale-plan', message: 'm', hint: 'h' });
    expect(fileError(error, '/f', 'write')).toBe(error);
  });
});

test('onFile gives the result, or the error in our words', () => {
  expect(onFile('/f', 'read', () => 1)).toBe(1);
  expect(() =>
    onFile('/f', 'read', () => {
      throw errno('EIO');
    }),
  ).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
});
