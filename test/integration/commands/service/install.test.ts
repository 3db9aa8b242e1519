import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Host } from '../../../../src/host/host.js';
import { machine } from '../../../support/certs.js';
import { realHost } from '../../../support/node-host.js';
import { dockerctlOn } from '../../../support/program.js';

const DECLARATION = '/home/me/.config/dockerctl/dockerctl.json5';
const UNIT = '/etc/systemd/system/dockerctl.service';
const HOME = '/home/me/state';

test('the service may write where what is declared leads to', async () => {
  const host = machine();
  const write = (path: string, text: string) => {
    mkdirSync(join(host.root, path, '..'), { recursive: true });
    writeFileSync(host.at(path), text);
  };
  write('/srv/conf/daemon.json', '{}');
  mkdirSync(host.at('/etc/docker'), { recursive: true });
  symlinkSync('/srv/conf/daemon.json', host.at('/etc/docker/daemon.json'));
  write(
    '/srv/registry/config.yml',
    'http: { tls: { certificate: /srv/a/tls.crt, key: /srv/b/tls.key } }',
  );
  write(
    '/etc/dockerctl/dockerctl.json5',
    `{
      certificates: { r: { deploy: [{ registry: '/srv/registry/config.yml' }, { to: '/srv/to' }] } },
      agent: { textfile: '/srv/metrics/d.prom' },
    }`,
  );
  await host.data('service', 'install');
  const unit = host.text('/etc/systemd/system/dockerctl.service');
  const [, folders = ''] = /^ReadWritePaths=(.*)$/m.exec(unit) ?? [];
  for (const folder of ['conf', 'registry', 'a', 'b', 'to', 'metrics'])
    expect(folders.split(' ')).toContain(`-/srv/${folder}`);
});

test('without the agent, a change that is cut off is still taken back at boot', async () => {
  const host = machine();
  mkdirSync(host.at('/etc/dockerctl'), { recursive: true });
  writeFileSync(host.at('/etc/dockerctl/dockerctl.json5'), '{ daemon: { debug: true } }');
  await host.data('service', 'install');
  await host.data('service', 'remove');
  expect(readdirSync(host.at('/etc/systemd/system'))).toEqual(['dockerctl-recover.service']);
});

test.each(['service install', 'service remove', 'pause --reason why', 'resume'])(
  '%s by a user names sudo, and changes nothing of theirs',
  async (line) => {
    const below = machine();
    const files = [DECLARATION, UNIT].map((path) => below.at(path));
    for (const path of files) mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(below.at(DECLARATION), '{ daemon: { debug: true } }');
    writeFileSync(below.at(UNIT), '');
    const host = (): Host => {
      const real = realHost(below.root);
      const env = { HOME: '/home/me', XDG_STATE_HOME: HOME };
      return { ...real, self: { ...real.self, uid: 1000, root: null, env } };
    };
    expect(await dockerctlOn(host, line.split(' '))).toMatchObject({
      status: 7,
      stderr: expect.stringMatching(new RegExp(`Try: sudo dockerctl ${line.slice(0, 5)}`)),
    });
    expect(existsSync(below.at(HOME))).toBe(false);
  },
);
