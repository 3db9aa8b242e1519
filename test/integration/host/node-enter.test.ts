import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createWithin } from '../../../src/host/node-enter.js';
import { temporaryFolder, temporaryHost } from '../../support/node-host.js';

describe('the way to what is written', () => {
  test('leads into the folder that was entered, whatever its name leads to meanwhile', () => {
    const folder = temporaryFolder();
    const [entered, secret] = [join(folder, 'entered'), join(folder, 'secret')];
    mkdirSync(entered);
    mkdirSync(secret);
    createWithin(null)(join(entered, 'file'), (at) => {
      renameSync(entered, `${entered}.moved`);
      symlinkSync(secret, entered);
      writeFileSync(at, 'key');
    });
    expect(readdirSync(secret)).toEqual([]);
    expect(readFileSync(`${entered}.moved/file`, 'utf8')).toBe('key');
  });

  test('leads out of a root by no link, and by no number of ..', () => {
    const { host, root } = temporaryHost();
    mkdirSync(join(root, 'etc'));
    mkdirSync(join(root, 'real'));
    symlinkSync('/real', join(root, 'etc/absolute'));
    symlinkSync('../../../../real', join(root, 'etc/above'));
    symlinkSync('absolute', join(root, 'etc/twice'));
    for (const name of ['absolute', 'above', 'twice'])
      host.fs.create(`/etc/${name}/${name}`, Buffer.from('x'));
    expect(readdirSync(join(root, 'real')).sort()).toEqual(['above', 'absolute', 'twice']);
    symlinkSync('b', join(root, 'a'));
    symlinkSync('a', join(root, 'b'));
    expect(() => {
      host.fs.create('/a/file', Buffer.from('x'));
    }).toThrow(expect.objectContaining({ code: 'ELOOP' }));
    expect(() => {
      host.fs.create('/none/file', Buffer.from('x'));
    }).toThrow(expect.objectContaining({ code: 'ENOENT', path: '/none/file' }));
  });

  test('an error names the file as it was asked for', () => {
    const { host, root } = temporaryHost();
    writeFileSync(join(root, 'there'), 'x');
    expect(() => {
      host.fs.create('/there', Buffer.from('x'));
    }).toThrow(expect.objectContaining({ code: 'EEXIST', path: '/there' }));
    expect(existsSync(join(root, 'there'))).toBe(true);
  });
});
