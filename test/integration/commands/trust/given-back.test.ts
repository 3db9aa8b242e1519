import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../../support/node-host.js';
import { CA, issue } from '../../../support/openssl.js';
import { dockerctl } from '../../../support/program.js';

const DAEMON_JSON = 'etc/docker/daemon.json';
const NAME = 'reg.example:5000';
let cert: string, root: string, ca: string;

beforeAll(() => {
  ({ cert } = issue(temporaryFolder(), { cn: 'Root', extensions: CA }));
});

beforeEach(() => {
  root = temporaryFolder();
  ca = join(temporaryFolder(), 'ca.crt');
  writeFileSync(ca, cert);
});

const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
};
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const trust = (...argv: string[]) => dockerctl('trust', ...argv, '--root', root);
const folders = (): string =>
  execFileSync('sh', ['-c', 'find etc -printf "%p %m %y\\n" | sort'], {
    cwd: root,
    encoding: 'utf8',
  });

test.each(['k3s', 'containerd', 'buildkit', 'podman'])(
  'remove-registry leaves an empty folder of docker, which %s never had anything in',
  async (consumer) => {
    mkdirSync(join(root, 'etc/docker'), { recursive: true });
    const before = folders();
    expect(await trust('add-registry', NAME, '--ca', ca, '--to', consumer)).toMatchObject({
      status: 0,
    });
    await trust('remove-registry', NAME);
    expect(folders()).toBe(before);
  },
);

describe('an entry of insecure-registries that was there before the CA', () => {
  const FILES = [
    `{"insecure-registries":["${NAME}"]}`,
    `\ufeff{\r\n\t"insecure-registries" : [ "${NAME}" , "10.0.0.0/8" ],\r\n\t"debug": true}\r\n`,
  ];

  test.each(FILES)('stays where nobody can be asked, and is told: %j', async (text) => {
    write(DAEMON_JSON, text);
    const { status, stdout } = await trust('add-registry', NAME, '--ca', ca, '--yes');
    expect(stdout).toContain(`${NAME} stays in insecure-registries`);
    expect(stdout).toContain(`dockerctl --root ${root} trust migrate ${NAME}`);
    expect(stdout).not.toMatch(/did not get through/);
    expect(status).toBe(0);
    expect(read(DAEMON_JSON)).toBe(text);
  });

  test.each(FILES)('outlives the CA: %j', async (text) => {
    write(DAEMON_JSON, text);
    const before = folders();
    await trust('add-registry', NAME, '--ca', ca);
    const { stdout } = await trust('remove-registry', NAME);
    expect(stdout).toContain(`dockerctl --root ${root} insecure remove ${NAME}`);
    expect(read(DAEMON_JSON)).toBe(text);
    expect(folders()).toBe(before);
    expect((await trust('remove-registry', NAME)).status).toBe(0);
    expect(read(DAEMON_JSON)).not.toContain(NAME);
  });

  test('goes with the CA where add-registry --insecure made it', async () => {
    write(DAEMON_JSON, '{"debug":true}');
    await trust('add-registry', NAME, '--insecure');
    await trust('add-registry', NAME, '--ca', ca);
    await trust('remove-registry', NAME);
    expect(read(DAEMON_JSON)).toBe('{"debug":true}');
  });
});
