import { beforeAll, describe, expect, test } from '@jest/globals';
import { push } from './support/daemon.js';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry, type Authority } from './support/registry.js';

describe('a registry that asks for a client certificate', () => {
  const machine = useMachine();
  let registry = '';
  let authority: Authority;

  beforeAll(async () => {
    authority = await makeAuthority(machine, 'lab');
    const tls = await authority.issue('registry.test');
    await startRegistry(machine, { port: 5080 });
    await machine.write('/srv/front.js', front(tls, authority.ca));
    await machine.sh(`
      systemd-run --quiet --unit=front node /srv/front.js
      timeout 240 bash -c 'until (exec 3<>/dev/tcp/10.99.0.1/6443) 2>/dev/null; do sleep 0.05; done'
      cd /srv/lab
      openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=client -CA ca.crt -CAkey ca.key \\
        -addext extendedKeyUsage=clientAuth -addext basicConstraints=critical,CA:false -keyout me.key -out me.crt 2>&1
    `);
    registry = 'registry.test:6443';
  });

  test('says so, and push works with the installed pair', async () => {
    const trust = (...argv: string[]) =>
      machine.dockerctl('trust', 'add-registry', registry, ...argv);
    const half = await trust('--ca', authority.ca);
    expect(half).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('client-certificate-required'),
    });
    expect(await push(machine, registry)).not.toMatchObject({ status: 0 });

    const whole = await trust(
      '--client-cert',
      '/srv/lab/me.crt',
      '--client-key',
      '/srv/lab/me.key',
    );
    expect(whole).toMatchObject({ status: 0, stdout: expect.stringContaining('Proved') });
    expect(await push(machine, registry)).toMatchObject({ status: 0 });
    const key = `/etc/docker/certs.d/${registry}/client.key`;
    expect(await machine.sh(`stat -c '%a %U' ${key}`)).toBe('600 root');
    expect(await machine.sh('grep -rl "PRIVATE KEY" /var/lib/dockerctl || true')).toBe('');
  });
});

/** TLS with a client certificate in front of a registry without; the registry must know that its clients use https. */
function front({ cert, key }: { cert: string; key: string }, ca: string): string {
  return `
    const { readFileSync } = require('node:fs');
    const { request } = require('node:http');
    const read = (path) => readFileSync(path);
    const options = { cert: read('${cert}'), key: read('${key}'), ca: read('${ca}'), requestCert: true };
    require('node:https')
      .createServer(options, (from, to) => {
        const { method, url: path } = from;
        const headers = { ...from.headers, 'x-forwarded-proto': 'https' };
        const onward = request({ host: '10.99.0.1', port: 5080, method, path, headers }, (answer) => {
          to.writeHead(answer.statusCode, answer.headers);
          answer.pipe(to);
        });
        onward.on('error', () => to.destroy());
        from.pipe(onward);
      })
      .listen(6443, '10.99.0.1');
  `;
}
