import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry } from './support/registry.js';

/** What stands under each heading of docs/recipes.md: its block, as somebody would paste it. */
const recipes = [
  ...readFileSync('docs/recipes.md', 'utf8').matchAll(/^## (.*)$[^]*?^```sh\n([^]*?)^```$/gm),
].map(([, title = '', block = '']) => [title, block] as const);

describe('the recipes, pasted by somebody who has sudo', () => {
  const machine = useMachine();

  beforeAll(async () => {
    const authority = await makeAuthority(machine, 'lab');
    const tls = await authority.issue('registry.test', 'mirror.test');
    await startRegistry(machine, { port: 5000, tls });
    await startRegistry(machine, { port: 443, tls });
    await machine.sh(`
      # As install.sh does: the sudo of Debian testing looks only into /usr.
      ln -s /usr/local/bin/dockerctl /usr/local/bin/node /usr/bin
      useradd -m -s /bin/bash dev
      echo 'dev ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/lab
      cd /srv/lab
      openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=me -CA ca.crt -CAkey ca.key \\
        -addext extendedKeyUsage=clientAuth -addext basicConstraints=critical,CA:false -keyout me.key -out me.crt 2>&1
      install -o dev -m 600 ca.crt me.crt me.key /home/dev
      echo '{"log-level": "info"}' >/home/dev/daemon.json
      printf '#!/bin/sh\\nexec runc "$@"\\n' >/usr/bin/nvidia-container-runtime
      chmod 755 /usr/bin/nvidia-container-runtime
      mkdir -p /srv/registry
    `);
    expect(
      await machine.dockerctl('trust', 'add-registry', 'mirror.test', '--ca', authority.ca),
    ).toMatchObject({ status: 0 });
  });

  test('there are ten', () => {
    expect(recipes).toHaveLength(10);
  });

  test.each(recipes)('%s', async (_title, block) => {
    const script = block
      .replaceAll('registry.example.com:5000', 'registry.test:5000')
      .replaceAll('mirror.example.com', 'mirror.test');
    for (const line of script.trimEnd().split('\n')) {
      const { status, stdout, stderr } = await machine.exec(
        ['runuser', '-u', 'dev', '--', 'bash', '-c', `cd; ${line}`],
        { env: { HOME: '/home/dev' } },
      );
      expect({ line, status, said: status === 0 ? '' : stdout + stderr }).toEqual({
        line,
        status: 0,
        said: '',
      });
      expect(stdout).not.toBe('');
    }
  });
});
