import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { realHost, temporaryHost } from '../../support/node-host.js';

const bytes = (text: string) => Buffer.from(text);

/** Files `/0`, `/1`… that hold their number. */
const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ path: `/${i}`, bytes: bytes(`${i}`) }));

describe('paths below a root', () => {
  test('an absolute link resolves inside the root', () => {
    const { host, root } = temporaryHost();
    mkdirSync(join(root, 'etc/real'), { recursive: true });
    symlinkSync('/etc/real', join(root, 'etc/docker'));
    host.fs.create('/etc/docker/daemon.json', bytes('{}'));
    expect(readFileSync(join(root, 'etc/real/daemon.json'), 'utf8')).toBe('{}');
    expect(host.fs.realpath('/etc/docker/daemon.json')).toBe('/etc/real/daemon.json');
  });

  test('no number of .. leads out of the root', () => {
    const { host, root } = temporaryHost();
    mkdirSync(join(root, 'etc'));
    symlinkSync('../../../../../../etc/passwd', join(root, 'etc/daemon.json'));
    expect(() => host.fs.read('/etc/daemon.json')).toThrow(
      expect.objectContaining({ code: 'ENOENT' }),
    );
  });

  test('links in a circle are ELOOP', () => {
    const { host, root } = temporaryHost();
    symlinkSync('/b', join(root, 'a'));
    symlinkSync('/a', join(root, 'b'));
    expect(() => host.fs.read('/a')).toThrow(expect.objectContaining({ code: 'ELOOP' }));
  });
});

describe('files', () => {
  test.each([2, 40])('%i are created at once, each for its owner alone', async (count) => {
    const { host, root } = temporaryHost();
    const files = numbered(count);
    await host.fs.createAll(files);
    expect(readdirSync(root)).toHaveLength(count);
    expect(readFileSync(join(root, '1'), 'utf8')).toBe('1');
    expect(statSync(join(root, '1')).mode & 0o777).toBe(0o600);
  });

  test('that are created at once are all there or none, and never over another', async () => {
    const { host, root } = temporaryHost();
    writeFileSync(join(root, '1'), 'mine');
    await expect(host.fs.createAll(numbered(3))).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readdirSync(root)).toEqual(['1']);
    expect(readFileSync(join(root, '1'), 'utf8')).toBe('mine');
  });

  test('create refuses what exists and sets the mode whatever the umask', () => {
    const { host, root } = temporaryHost();
    host.fs.create('/f', bytes('x'), { mode: 0o664 });
    expect(statSync(join(root, 'f')).mode & 0o777).toBe(0o664);
    expect(() => {
      host.fs.create('/f', bytes('y'));
    }).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  });

  test('overwrite keeps the inode and cuts to the new length', () => {
    const { host, root } = temporaryHost();
    writeFileSync(join(root, 'f'), 'a longer text');
    const inode = statSync(join(root, 'f')).ino;
    host.fs.overwrite('/f', bytes('short'));
    expect(readFileSync(join(root, 'f'), 'utf8')).toBe('short');
    expect(statSync(join(root, 'f')).ino).toBe(inode);
  });

  test('a FIFO in the place of a file is refused at once', () => {
    const { host, root } = temporaryHost();
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(() => host.fs.read('/pipe')).toThrow(expect.objectContaining({ code: 'EINVAL' }));
  });

  test('a file over the limit is EFBIG', () => {
    const { host, root } = temporaryHost();
    writeFileSync(join(root, 'big'), Buffer.alloc(100));
    expect(() => host.fs.read('/big', 99)).toThrow(expect.objectContaining({ code: 'EFBIG' }));
  });
});

describe('lock', () => {
  test('is exclusive, and free again after release', async () => {
    const { host, root } = temporaryHost();
    writeFileSync(join(root, 'lock'), '');
    const release = await host.fs.lock('/lock', 0);
    expect(release).not.toBeNull();
    expect(await host.fs.lock('/lock', 0)).toBeNull();
    await release?.();
    const again = await host.fs.lock('/lock', 0);
    expect(again).not.toBeNull();
    await again?.();
  });
});

describe('exec', () => {
  test('a status is an answer, a missing program is ENOENT', async () => {
    const { exec } = realHost(null);
    expect(await exec.run(['false'])).toMatchObject({ status: 1, timedOut: false });
    await expect(exec.run(['no-such-program'])).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('the environment is fixed and input is passed', async () => {
    const { exec } = realHost(null);
    const { stdout } = await exec.run(['env']);
    expect(stdout).toContain('LC_ALL=C.UTF-8');
    expect(stdout).not.toContain('NODE_OPTIONS');
    expect((await exec.run(['cat'], { input: 'hello' })).stdout).toBe('hello');
  });

  test('a program that takes too long is killed', async () => {
    const { exec } = realHost(null);
    expect(await exec.run(['sleep', '60'], { timeoutMs: 100 })).toMatchObject({
      status: null,
      timedOut: true,
    });
  });

  test('lines come as they are written', async () => {
    const { exec } = realHost(null);
    const lines: string[] = [];
    for await (const line of exec.lines(['printf', 'a\nb\n'], new AbortController().signal))
      lines.push(line);
    expect(lines).toEqual(['a', 'b']);
  });
});
