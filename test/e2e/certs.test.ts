import { beforeAll, describe, expect, test } from '@jest/globals';
import { pull, push } from './support/daemon.js';
import { useMachine } from './support/machine.js';
import { startRegistry } from './support/registry.js';

const KEY_TYPES = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ed25519'];

describe('certificates of ours on a docker host', () => {
  const machine = useMachine();
  const must = async (...argv: string[]) => {
    const ran = await machine.dockerctl(...argv);
    if (ran.status !== 0) throw new Error(`${argv.join(' ')}: ${ran.stderr}${ran.stdout}`);
    return ran.stdout;
  };

  test.each(KEY_TYPES.map((type, index) => [type, 6000 + index] as const))(
    'dockerd and skopeo reach a registry with an authority of %s',
    async (type, port) => {
      const pki = `/srv/${type}`;
      await must('certs', 'init', '--pki', pki, '--intermediate', '--key-type', type);
      const names = ['--domain', 'registry.test', '--domain', 'hub', '--ip', '10.99.0.1'];
      await must(
        'certs',
        'issue',
        '--pki',
        pki,
        '--key-type',
        type,
        ...names,
        '--out',
        `${pki}/out`,
      );
      const tls = {
        cert: `${pki}/out/registry.test.fullchain.crt`,
        key: `${pki}/out/registry.test.key`,
      };
      await startRegistry(machine, { port, tls });
      await machine.sh(`mkdir ${pki}/trusted; cp ${pki}/out/ca.crt ${pki}/trusted`);
      const look = (registry: string, folder: string) =>
        machine.exec(['skopeo', 'inspect', '--cert-dir', folder, `docker://${registry}/bb:1`]);
      for (const registry of [`registry.test:${port}`, `10.99.0.1:${port}`]) {
        expect((await push(machine, registry)).stderr).toContain('x509');
        await must('trust', 'add-registry', registry, '--ca', `${pki}/out/ca.crt`);
        expect(await push(machine, registry)).toMatchObject({ status: 0 });
        expect(await pull(machine, registry)).toMatchObject({ status: 0 });
        expect(await look(registry, `${pki}/trusted`)).toMatchObject({ status: 0 });
        expect((await look(registry, '/srv')).stderr).toContain('x509');
      }
    },
  );

  describe('with an authority for other names', () => {
    let registry = '';
    beforeAll(async () => {
      await must('certs', 'init', '--pki', '/srv/narrow', '--permit', 'example.com');
      await machine.sh(`
        cd /srv/narrow
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 -subj /CN=stranger \\
          -CA ca.crt -CAkey ca.key -keyout stranger.key -out stranger.crt \\
          -addext subjectAltName=DNS:registry.test -addext basicConstraints=critical,CA:FALSE 2>&1
      `);
      const tls = { cert: '/srv/narrow/stranger.crt', key: '/srv/narrow/stranger.key' };
      registry = await startRegistry(machine, { port: 6100, tls });
      await must('trust', 'add-registry', registry, '--ca', '/srv/narrow/ca.crt', '--no-verify');
    });

    test('dockerd refuses what it signed outside of its constraints', async () => {
      expect((await push(machine, registry)).stderr).toMatch(/not permitted|constraint/u);
    });
  });

  test('deploy gives a running registry a certificate, and a renewal follows', async () => {
    // Debian's configuration asks for a password.
    await machine.sh(`
      sed -i '/^auth:/,/^health:/{/^health:/!d}' /etc/docker/registry/config.yml
      systemctl unmask docker-registry
      systemctl start docker-registry
    `);
    const names = ['--domain', 'registry.test', '--domain', 'hub', '--ip', '10.99.0.1'];
    await must('certs', 'issue', '--init', ...names);
    await must('certs', 'deploy', 'registry.test', '--registry', '/etc/docker/registry/config.yml');
    await must(
      'trust',
      'add-registry',
      'registry.test:5000',
      '--ca',
      '/var/lib/dockerctl/pki/ca.crt',
      '--no-verify',
    );
    await machine.sh(
      `timeout 240 bash -c 'until (exec 3<>/dev/tcp/10.99.0.1/5000) 2>/dev/null; do sleep 0.05; done'`,
    );
    expect(await push(machine, 'registry.test:5000')).toMatchObject({ status: 0 });
    const served = () =>
      machine.sh(
        'echo | openssl s_client -connect 10.99.0.1:5000 2>/dev/null | openssl x509 -noout -serial',
      );
    const before = await served();
    await must('certs', 'renew', 'registry.test');
    await machine.sh(
      `timeout 240 bash -c 'until (exec 3<>/dev/tcp/10.99.0.1/5000) 2>/dev/null; do sleep 0.05; done'`,
    );
    expect(await served()).not.toBe(before);
    expect(await pull(machine, 'registry.test:5000')).toMatchObject({ status: 0 });
  });
});
