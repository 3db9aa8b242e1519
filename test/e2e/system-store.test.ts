import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry, type Authority } from './support/registry.js';

const STORE = '/usr/local/share/ca-certificates';
const REGISTRY = 'registry.test:5443';

describe('the system’s store, as dockerd reads it', () => {
  const machine = useMachine();
  let authority: Authority;
  /** Whether a real pull gets past the registry's certificate. */
  const trusts = async () => {
    const { stderr } = await machine.exec(['docker', 'pull', `${REGISTRY}/none:1`]);
    expect(stderr).toMatch(/x509|manifest unknown|not found/);
    return !stderr.includes('x509');
  };
  const refresh = () => machine.sh('update-ca-certificates --fresh');

  beforeAll(async () => {
    authority = await makeAuthority(machine, 'lab');
    await startRegistry(machine, { port: 5443, tls: await authority.issue('registry.test') });
  });

  test('a CA that came after dockerd had read it: a restart is the answer', async () => {
    expect(await trusts()).toBe(false);
    await machine.sh(`cp ${authority.ca} ${STORE}/lab.crt`);
    await refresh();
    expect(await trusts()).toBe(false);
    const verify = () => machine.dockerctl('trust', 'verify', REGISTRY, '--to', 'docker');
    expect(await verify()).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/registry-store-not-loaded\]\s+Try: dockerctl daemon restart/),
    });
    expect(await machine.dockerctl('daemon', 'restart')).toMatchObject({ status: 0 });
    expect(await trusts()).toBe(true);
    expect(await verify()).toMatchObject({ status: 0 });
    await machine.sh(`rm ${STORE}/lab.crt`);
    await refresh();
  });

  test.each([
    ['a byte order mark', (ca: string) => `(printf '\\xef\\xbb\\xbf'; cat ${ca}) >${STORE}/x.crt`],
    ['another label', (ca: string) => `sed 's/CERTIF/TRUSTED CERTIF/' ${ca} >${STORE}/x.crt`],
    ['PKCS#7', (ca: string) => `openssl crl2pkcs7 -nocrl -certfile ${ca} -out ${STORE}/x.crt`],
  ])('%s: dockerd does not read it, doctor says so, and its command helps', async (_, put) => {
    await machine.sh(put(authority.ca));
    await machine.sh(`update-ca-certificates --fresh; ${RESTART}`);
    expect(await trusts()).toBe(false);
    const { stdout } = await machine.dockerctl('doctor', '--json');
    const { data } = JSON.parse(stdout) as { data: { findings: { code: string; hint: string }[] } };
    const found = data.findings.find(({ code }) => code === 'anchor-unreadable');
    await machine.sh(found?.hint ?? 'false');
    expect(await trusts()).toBe(true);
    await machine.sh(`rm -f ${STORE}/* /root/x.crt; update-ca-certificates --fresh`);
  });

  const DROP_IN = '/etc/systemd/system/docker.service.d/certificates.conf';
  test.each([
    ['a file beside the bundle', (ca: string) => `cp ${ca} /etc/ssl/certs/by-hand.txt`, true],
    ['SSL_CERT_FILE', (ca: string) => variable(`SSL_CERT_FILE=${ca}`), true],
    [
      'SSL_CERT_FILE and SSL_CERT_DIR, which leave out the store that has it',
      (ca: string) =>
        `cp ${ca} ${STORE}/lab.crt; update-ca-certificates --fresh; ${variable('SSL_CERT_FILE=/dev/null SSL_CERT_DIR=/var/empty')}`,
      false,
    ],
  ])('%s: our own check trusts whom dockerd trusts', async (_, put, is) => {
    const variables = `mkdir -p $(dirname ${DROP_IN}); systemctl daemon-reload`;
    await machine.sh(`${variables}; ${put(authority.ca)}; systemctl daemon-reload; ${RESTART}`);
    expect(await trusts()).toBe(is);
    const verify = await machine.dockerctl('trust', 'verify', REGISTRY, '--to', 'docker');
    expect(verify.status).toBe(is ? 0 : 1);
    expect(verify.stdout.includes('registry-unknown-authority')).toBe(!is);
    await machine.sh(`rm -f ${DROP_IN} ${STORE}/lab.crt /etc/ssl/certs/by-hand.txt`);
    await machine.sh(`systemctl daemon-reload; update-ca-certificates --fresh; ${RESTART}`);
  });

  function variable(assignments: string): string {
    return `printf '[Service]\\nEnvironment=%s\\n' '${assignments}' >${DROP_IN}`;
  }

  test('one in a folder of the store is trusted by dockerd, and listed', async () => {
    await machine.sh(`mkdir ${STORE}/corp; cp ${authority.ca} ${STORE}/corp/lab.crt`);
    await machine.sh(`update-ca-certificates --fresh; ${RESTART}`);
    expect(await trusts()).toBe(true);
    const { stdout } = await machine.dockerctl('trust', 'list-cas');
    expect(stdout).toMatch(/yes +CN=lab +\S+\/corp\/lab\.crt/);
  });
});

const RESTART = 'systemctl reset-failed docker.service; systemctl restart docker.service';

describe('a dockerd whose environment names other certificates than the system’s', () => {
  const machine = useMachine();

  test('does not read a CA of the system’s store, and that is said', async () => {
    const authority = await makeAuthority(machine, 'lab');
    await startRegistry(machine, { port: 5443, tls: await authority.issue('registry.test') });
    await machine.write(
      '/etc/systemd/system/docker.service.d/certs.conf',
      '[Service]\nEnvironment=SSL_CERT_FILE=/srv/own.pem SSL_CERT_DIR=/srv/none\n',
    );
    await machine.sh(`
      cp /etc/ssl/certs/ca-certificates.crt /srv/own.pem
      systemctl daemon-reload; systemctl restart docker
    `);
    const added = () => machine.dockerctl('trust', 'add-ca', authority.ca);
    for (let times = 0; times < 2; times += 1)
      expect((await added()).stdout).toMatch(/dockerd does not read it: .*SSL_CERT_FILE/);
    const pulled = await machine.exec(['docker', 'pull', `${REGISTRY}/none:1`]);
    expect(pulled.stderr).toMatch(/x509/);
    const { stdout } = await machine.dockerctl('doctor', '--json');
    expect(stdout).toContain('store-not-read');
    await machine.sh(`cat ${authority.ca} >>/srv/own.pem; systemctl restart docker`);
    expect((await added()).stdout).not.toMatch(/does not read/);
    expect((await machine.dockerctl('doctor', '--json')).stdout).not.toContain('store-not-read');
  });
});
