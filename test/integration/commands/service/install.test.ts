import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { machine } from '../../../support/certs.js';

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
