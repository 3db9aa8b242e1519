import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { machine } from '../../../support/certs.js';

const FILE = '/etc/docker/daemon.json';

/** A machine that declares a mirror, and has a key of its own besides. */
async function declaring() {
  const host = machine();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(host.at(path)), { recursive: true });
    writeFileSync(host.at(path), text);
  };
  write('/etc/dockerctl/dockerctl.json5', "{ mirrors: ['https://m.example/'] }");
  write(FILE, '{"log-level":"warn"}');
  await host.data('apply');
  return host;
}

test('a daemon.json that is lost comes back as the last command left it', async () => {
  const host = await declaring();
  await host.data('config', 'set', 'debug', 'true');
  const text = host.text(FILE);
  expect(text).toMatch(/warn.*m\.example.*debug/s);
  rmSync(host.at(FILE));
  await host.data('drift', '--repair');
  expect(host.text(FILE)).toBe(text);
});

test('one that a rollback took away has only what is declared', async () => {
  const host = machine();
  await host.data('config', 'set', 'debug', 'true');
  await host.data('config', 'rollback');
  mkdirSync(host.at('/etc/dockerctl'), { recursive: true });
  writeFileSync(host.at('/etc/dockerctl/dockerctl.json5'), "{ mirrors: ['https://m.example/'] }");
  await host.data('apply');
  expect(JSON.parse(host.text(FILE))).toEqual({ 'registry-mirrors': ['https://m.example/'] });
});

test('a change of another file is none of it', async () => {
  const host = await declaring();
  const text = host.text(FILE);
  await host.data('config', 'set', 'debug', 'true', '--config', '/etc/docker/other.json');
  rmSync(host.at(FILE));
  await host.data('drift', '--repair');
  expect(host.text(FILE)).toBe(text);
});
