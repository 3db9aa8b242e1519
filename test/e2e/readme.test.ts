import { beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { daemonIdentity, push } from './support/daemon.js';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry } from './support/registry.js';

const MINUTES = 60_000;
const CLONE = '/home/dev/clone';

/** The commands that the README begins with. The second one is what CI itself runs. */
const [install = ''] = readFileSync('README.md', 'utf8').match(/(?<=^ {4})\S.*$/gm) ?? [];

describe('the README on a fresh machine', () => {
  const machine = useMachine({ fresh: true });

  beforeAll(async () => {
    const { stdout } = await execa({
      encoding: 'buffer',
    })`bash -c ${'git ls-files -coz --exclude-standard | tar --null -T - -c'}`;
    await machine.sh(
      'useradd -m -s /bin/bash -G sudo dev; echo "%sudo ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/lab',
    );
    await machine.exec(
      ['runuser', '-u', 'dev', '--', 'sh', '-c', `mkdir ${CLONE} && tar -x -C ${CLONE}`],
      {
        input: stdout,
      },
    );
  });

  /** As somebody who is not root, and has sudo. */
  const asDev = (line: string) =>
    machine.sh(`runuser -u dev -- env HOME=/home/dev bash -c 'cd ${CLONE} && ${line}'`);

  test(
    'sets up all that a push to a private registry needs',
    async () => {
      const authority = await makeAuthority(machine, 'private-ca');
      const registry = await startRegistry(machine, {
        port: 5443,
        tls: await authority.issue('registry.test'),
      });
      await machine.sh(`install -o dev -m 644 ${authority.ca} ${CLONE}/ca.crt`);
      const before = await daemonIdentity(machine);
      expect((await push(machine, registry)).stderr).toContain('x509');

      const line = install.replace('registry.example.com:5000', registry);
      expect(line).toContain(
        './install.sh && sudo dockerctl trust add-registry registry.test:5443',
      );
      await asDev(line);

      expect(await machine.sh('systemctl is-enabled dockerctl-recover.service')).toBe('enabled');
      expect(await push(machine, registry)).toMatchObject({ status: 0 });
      expect(await daemonIdentity(machine)).toEqual(before);
    },
    15 * MINUTES,
  );

  test(
    'leaves nothing of the program behind after --uninstall',
    async () => {
      expect(await machine.sh(`find ${CLONE} ! -user dev`)).toBe('');
      await machine.sh('dockerctl adopt; dockerctl service install');
      await asDev('sudo ./install.sh --uninstall');
      expect(await machine.sh('find /usr/local /usr/bin /etc/systemd -name "*dockerctl*"')).toBe(
        '',
      );
      expect(await machine.sh('ls -d /usr/local/lib/systemd 2>/dev/null || true')).toBe('');
      expect(await machine.sh('systemctl is-active dockerctl || true')).toBe('inactive');
      expect(await machine.sh(`cd ${CLONE} && ls -d node_modules dist 2>/dev/null || true`)).toBe(
        '',
      );
    },
    15 * MINUTES,
  );
});
