import { describe, expect, test } from '@jest/globals';
import { countOf, DECLARATION, until } from '../e2e/support/agent.js';
import { useMachine } from '../e2e/support/machine.js';

/** What node is told to take for today: 61 days ago, so that a third of 90 days is not left any more. */
const PAST = 'const { now } = Date; Date.now = () => now() - 61 * 86_400_000;';
const TLS = { certificate: '/srv/tls/registry.test.crt', key: '/srv/tls/registry.test.key' };
const CONFIG = '/etc/docker/registry/config.yml';

describe('the agent', () => {
  const machine = useMachine();
  const presented = () =>
    machine.sh(
      'openssl s_client -connect 10.99.0.1:5443 -servername registry.test </dev/null 2>/dev/null | openssl x509 -noout -enddate',
    );

  test('renews a certificate with less than a third of its life left, and the registry presents the new one', async () => {
    await machine.write('/srv/past.cjs', PAST);
    const env = { NODE_OPTIONS: '--require /srv/past.cjs' };
    for (const words of [
      ['init', '--name', 'Ours'],
      ['issue', '--domain', 'registry.test', '--days', '90'],
    ]) {
      const ran = await machine.exec(['dockerctl', 'certs', ...words], { env });
      expect([ran.status, ran.stderr]).toEqual([0, expect.any(String)]);
    }
    const pki = '/var/lib/dockerctl/pki/certs/registry.test';
    await machine.sh(`mkdir -p /srv/tls; cp ${pki}.crt ${pki}.key /srv/tls/`);
    await machine.write(
      CONFIG,
      JSON.stringify({
        version: 0.1,
        storage: { filesystem: { rootdirectory: '/srv/registry' } },
        http: { addr: '10.99.0.1:5443', tls: TLS },
      }),
    );
    // The image has it masked: its tests start registries of their own.
    await machine.sh('rm /etc/systemd/system/docker-registry.service');
    await machine.write(
      '/etc/systemd/system/docker-registry.service',
      `[Service]\nExecStart=docker-registry serve ${CONFIG}\n`,
    );
    await machine.sh('systemctl daemon-reload; systemctl start docker-registry');
    await until(machine, '(exec 3<>/dev/tcp/10.99.0.1/5443) 2>/dev/null');
    const before = await presented();
    await machine.write(
      DECLARATION,
      `{
        certificates: { 'registry.test': { deploy: [{ registry: '${CONFIG}' }] } },
        drift: { default: 'repair' },
      }`,
    );
    expect(await machine.dockerctl('service', 'install')).toMatchObject({ status: 0 });
    await until(machine, `journalctl -q -o cat -u dockerctl | grep -q "certs renew registry.test"`);
    await until(machine, '(exec 3<>/dev/tcp/10.99.0.1/5443) 2>/dev/null');
    const after = await presented();
    expect(after).not.toBe(before);
    expect(await countOf(machine, 'apply-failed')).toBe(0);
    const days = (line: string) =>
      (Date.parse(line.replace('notAfter=', '')) - Date.now()) / 86_400_000;
    expect(Math.round(days(before))).toBe(29);
    expect(Math.round(days(after))).toBeGreaterThan(80);
  });
});
