import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry, type Authority } from './support/registry.js';

const CONTAINER = 'registry.test:5600';
const FOREIGN = 'registry.test:5443';

/** The registry of the distribution as an image: the program of Debian with its libraries. */
const IMAGE = `
  mkdir -p /tmp/image/bin /opt/registry /opt/data && cd /tmp/image && cp /usr/bin/docker-registry bin/registry
  for library in $(ldd bin/registry | grep -o '/[^ ]*'); do mkdir -p .$(dirname $library); cp -L $library .$library; done
  tar c . | docker import -c 'ENTRYPOINT ["/bin/registry"]' - registry:1
`;
const CONFIG = `version: 0.1
storage: {filesystem: {rootdirectory: /var/lib/registry}}
http:
  addr: 10.99.0.1:5600
`;

describe('certificates and trust on one machine', () => {
  const machine = useMachine();
  let other: Authority;
  const run = (...argv: string[]) => machine.dockerctl(...argv);
  const presented = async (port: number) =>
    (
      await machine.sh(
        `openssl s_client -connect 10.99.0.1:${port} </dev/null 2>/dev/null | openssl x509 -noout -serial`,
      )
    ).trim();

  beforeAll(async () => {
    await machine.sh(IMAGE);
    await machine.write('/opt/registry/config.yml', CONFIG);
    await machine.sh(`
      docker run -d --name its-registry --network host -v /opt/registry:/etc/docker/registry -v /opt/data:/var/lib/registry \\
        registry:1 serve /etc/docker/registry/config.yml
    `);
    other = await makeAuthority(machine, 'other');
    await startRegistry(machine, { port: 5443, tls: await other.issue('registry.test') });
    await run('trust', 'add-registry', FOREIGN, '--ca', other.ca);
  });

  test('the first certificate says what comes next, and its CA can be read by everybody', async () => {
    const issued = await run(
      'certs',
      'issue',
      '--init',
      '--domain',
      'registry.test',
      '--ip',
      '10.99.0.1',
    );
    expect(issued.stdout).toMatch(
      /next: dockerctl certs deploy registry\.test[\s\S]*\/etc\/dockerctl\/ca\.crt/,
    );
    expect(await machine.sh('stat -c %a /etc/dockerctl /etc/dockerctl/ca.crt')).toBe('755\n644');
  });

  test('a registry in a container gets the paths that it sees, is restarted, and is seen to present it', async () => {
    const deployed = await run(
      'certs',
      'deploy',
      'registry.test',
      '--registry',
      '/opt/registry/config.yml',
    );
    expect(deployed).toMatchObject({ status: 0 });
    const config = await machine.sh('cat /opt/registry/config.yml');
    expect(config).toContain('/etc/docker/registry/tls/registry.test.crt');
    const serial = (await presented(5600)).replace('serial=', '').toLowerCase();
    expect(deployed.stdout).toContain(`presents it now: serial ${serial}`);
  });

  test('its own authority is known wherever trust is asked for', async () => {
    const verified = await run('trust', 'verify', CONTAINER);
    expect(verified).toMatchObject({ status: 1 });
    expect(verified.stdout).toMatch(
      /this machine's own authority[\s\S]*trust add-registry registry\.test:5600\n/,
    );
    const added = await run('trust', 'add-registry', CONTAINER);
    expect(added).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Proved by dockerd'),
    });
    await run('trust', 'remove-registry', CONTAINER);
    expect(await run('trust', 'add-registry', CONTAINER, '--fetch')).toMatchObject({ status: 0 });
    await run('trust', 'remove-registry', CONTAINER);
    await run('insecure', 'add', CONTAINER);
    expect(await run('trust', 'migrate', CONTAINER)).toMatchObject({ status: 0 });
  });

  test('a revoked pair that is still presented is told by all that look, and renew --due ends it', async () => {
    await run('certs', 'revoke', 'registry.test', '--reason', 'key-compromise');
    const issued = await run('certs', 'issue', '--domain', 'registry.test', '--ip', '10.99.0.1');
    expect(issued.stdout).toContain('/opt/registry/config.yml still has the one before');
    for (const argv of [
      ['certs', 'check'],
      ['certs', 'inspect', CONTAINER],
      ['trust', 'verify', CONTAINER],
      ['doctor'],
    ])
      expect((await run(...argv)).stdout).toContain('certificate-revoked-served');
    const before = await presented(5600);
    expect(await run('certs', 'renew', '--due')).toMatchObject({ status: 0 });
    expect(await presented(5600)).not.toBe(before);
    expect(await run('certs', 'check')).toMatchObject({ status: 0 });
  });

  test('another issuer is told with who trusts the old one, and what was not restarted is found', async () => {
    const config = '/srv/registry-5443/config.yml';
    const deployed = await run('certs', 'deploy', 'registry.test', '--registry', config);
    expect(deployed.stdout).toMatch(
      /takes the place of a certificate of CN=other[\s\S]*docker for registry\.test:5443/,
    );
    expect((await run('certs', 'check')).stdout).toContain('certificate-not-served');
    await run('certs', 'targets', 'remove', 'registry.test', config);
    expect((await run('certs', 'targets')).stdout).not.toContain(config);
    expect(await run('certs', 'check')).toMatchObject({ status: 0 });
  });

  test('with the root in the chain and an address in the certificate, another machine can fetch the CA', async () => {
    await machine.sh(
      'sed \'s#caUrl: null#caUrl: "http://registry.test:8099/ca.crt"#\' /usr/local/lib/dockerctl/certs/ca.json5 | install -D /dev/stdin /etc/dockerctl/certs/ca.json5',
    );
    await run('certs', 'issue', '--domain', 'mirror.test');
    await run('certs', 'deploy', 'mirror.test', '--to', '/srv/mirror', '--with-root');
    const text = await machine.sh('openssl x509 -noout -text -in /srv/mirror/mirror.test.crt');
    expect(text).toContain('CA Issuers - URI:http://registry.test:8099/ca.crt');
    expect((await machine.sh('grep -c BEGIN /srv/mirror/mirror.test.fullchain.crt')).trim()).toBe(
      '2',
    );
  });
});
