import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine, type Machine } from './support/machine.js';
import { makeAuthority } from './support/registry.js';

const REGISTRY = 'registry.test:5443';
const NAME = 'dockerctl-registry.test_5443-';
const DEBIAN = '/etc/ssl/certs/java/cacerts';
const UNPACKED = '/opt/jdk/lib/security/cacerts';
const RUNS = '/run/keytool-runs';
const NSS = ['/etc/pki/nssdb', '/root/.pki/nssdb'];
/** Names, modes, owners, link targets and contents: what "everything undone" means. */
const TREE = `
  find /etc /opt /root/.pki /usr/local/share -printf '%p %y %m %u %l\\n' | sort
  find /etc /opt /root/.pki /usr/local/share -type f | sort | xargs -d '\\n' sha256sum
`;

let ca = '';
let fingerprint = '';

async function prepare(machine: Machine): Promise<void> {
  ({ ca } = await makeAuthority(machine, 'lab'));
  const shown = await machine.sh(`openssl x509 -noout -fingerprint -sha256 -in ${ca}`);
  fingerprint = shown.split('=')[1] ?? '';
}

const trust = (machine: Machine, verb: string, ...argv: string[]) =>
  machine.dockerctl('trust', verb, REGISTRY, ...argv);
const keytool = async (machine: Machine, store: string) =>
  (await machine.exec(['keytool', '-list', '-keystore', store, '-storepass', 'changeit'])).stdout;
const certutil = async (machine: Machine, folder: string) =>
  (await machine.exec(['certutil', '-L', '-d', `sql:${folder}`])).stdout;

describe('the stores of Java and NSS', () => {
  const machine = useMachine();

  /** A Java as its makers ship it: PKCS #12 without a password, of its own. */
  beforeAll(async () => {
    await prepare(machine);
    const none = ['certProtectionAlgorithm', 'macAlgorithm']
      .map((what) => `-J-Dkeystore.pkcs12.${what}=NONE`)
      .join(' ');
    await machine.sh(`
      mkdir -p /opt/jdk/bin /opt/jdk/lib/security ${NSS.join(' ')}
      printf '#!/bin/sh\necho "$1" >>${RUNS}\nexec /usr/bin/keytool "$@"\n' >/opt/jdk/bin/keytool
      chmod 755 /opt/jdk/bin/keytool
      keytool ${none} -importkeystore -noprompt -srckeystore ${DEBIAN} -srcstorepass changeit \\
        -destkeystore ${UNPACKED} -deststorepass changeit -deststoretype PKCS12 2>&1
      for folder in ${NSS.join(' ')}; do certutil -N -d sql:$folder --empty-password; done
    `);
  });

  /** How often the keytool of the unpacked Java ran meanwhile. */
  async function keytoolRuns(task: () => Promise<unknown>): Promise<number> {
    await machine.sh(`: >${RUNS}`);
    await task();
    return Number(await machine.sh(`wc -l <${RUNS}`));
  }

  test('are not asked where nothing of ours is, and once for a list where something is', async () => {
    const list = () => machine.dockerctl('trust', 'list');
    expect(await keytoolRuns(list)).toBe(0);
    expect(await keytoolRuns(() => trust(machine, 'remove-registry'))).toBe(0);
    await trust(machine, 'add-registry', '--ca', ca, '--to', 'java', '--no-verify');
    expect(await keytoolRuns(list)).toBe(1);
    expect(await trust(machine, 'remove-registry')).toMatchObject({ status: 0 });
    expect(await keytoolRuns(list)).toBe(0);
  });

  test('hold the CA when they are named, and are to the byte what they were afterwards', async () => {
    const before = await machine.sh(TREE);
    const added = await trust(
      machine,
      'add-registry',
      '--ca',
      ca,
      '--to',
      'java,nss',
      '--no-verify',
    );
    expect(added).toMatchObject({ status: 0 });
    for (const store of [DEBIAN, UNPACKED]) {
      expect(await keytool(machine, store)).toContain(fingerprint);
    }
    for (const folder of NSS) {
      expect(await certutil(machine, folder)).toMatch(new RegExp(`${NAME}\\w{8} +C,,`));
      const name = /dockerctl-\S+/.exec(await certutil(machine, folder))?.[0] ?? '';
      const valid = ['certutil', '-V', '-u', 'L', '-d', `sql:${folder}`, '-n', name];
      expect(await machine.exec(valid)).toMatchObject({ status: 0 });
    }
    const list = (await machine.dockerctl('trust', 'list')).stdout;
    expect(list).toMatch(/registry\.test:5443 +java +\S+ +CN=lab/);
    expect(list).toMatch(/registry\.test:5443 +nss +\S+ +CN=lab/);

    const again = await trust(
      machine,
      'add-registry',
      '--ca',
      ca,
      '--to',
      'java,nss',
      '--no-verify',
    );
    expect(again.stdout).toMatch(/^Unchanged/);
    expect(await trust(machine, 'remove-registry')).toMatchObject({ status: 0 });
    expect(await machine.sh(TREE)).toBe(before);
    expect(await machine.sh('ls /run/dockerctl')).toBe('lock');
  });

  test('lose ours alone where somebody else wrote to them meanwhile', async () => {
    const other = await makeAuthority(machine, 'other');
    await trust(machine, 'add-registry', '--ca', ca, '--to', 'java,nss', '--no-verify');
    await machine.sh(`
      keytool -importcert -noprompt -alias theirs -file ${other.ca} -keystore ${DEBIAN} -storepass changeit 2>&1
      certutil -A -n theirs -t C,, -d sql:/etc/pki/nssdb -i ${other.ca}
    `);
    expect(await trust(machine, 'remove-registry')).toMatchObject({ status: 0 });
    for (const listing of [
      await keytool(machine, DEBIAN),
      await certutil(machine, '/etc/pki/nssdb'),
    ]) {
      expect(listing).toContain('theirs');
      expect(listing).not.toContain('dockerctl-');
    }
  });

  test('stay as they are where one of them cannot be changed', async () => {
    const before = await machine.sh(TREE);
    await machine.write('/opt/broken/lib/security/cacerts', 'not a keystore');
    const refused = await trust(
      machine,
      'add-registry',
      '--ca',
      ca,
      '--to',
      'nss,java',
      '--no-verify',
    );
    expect(refused).toMatchObject({ status: 3 });
    expect(refused.stderr).toMatch(/\/opt\/broken\/lib\/security\/cacerts: keytool error/);
    await machine.sh('rm -r /opt/broken');
    expect(await machine.sh(TREE)).toBe(before);
  });

  test('follow the system store, also when a CA is taken out of it', async () => {
    const added = await machine.dockerctl('trust', 'add-ca', ca, '--name', 'lab');
    expect(added).toMatchObject({ status: 0 });
    expect(await keytool(machine, DEBIAN)).toContain(fingerprint);
    expect(await machine.dockerctl('trust', 'remove-ca', 'lab')).toMatchObject({ status: 0 });
    expect(await keytool(machine, DEBIAN)).not.toContain(fingerprint);
  });
});

/**
 * The systems that compile their bundle with p11-kit's trust(1): their layout and the real trust, told where the system
 * keeps its anchors as its maker tells it (p11-kit --with-trust-paths). Their scripts are not in Debian: one line stands in.
 */
const P11_SYSTEMS = [
  {
    id: 'fedora',
    tool: 'update-ca-trust',
    source: '/etc/pki/ca-trust/source',
    bundle: '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  },
  {
    id: 'arch',
    tool: 'update-ca-trust',
    source: '/etc/ca-certificates/trust-source',
    bundle: '/etc/ca-certificates/extracted/tls-ca-bundle.pem',
  },
  {
    id: 'opensuse',
    tool: 'update-ca-certificates',
    source: '/etc/pki/trust',
    bundle: '/var/lib/ca-certificates/ca-bundle.pem',
  },
];

describe('the system store of distributions with p11-kit', () => {
  const machine = useMachine();

  beforeAll(() => prepare(machine));

  test.each(P11_SYSTEMS)(
    '$id: the compiled bundle holds the CA, and then no longer',
    async (system) => {
      const { id, tool, source, bundle } = system;
      await machine.write('/usr/lib/os-release', `ID=${id}\nPRETTY_NAME="${id}"\n`);
      await machine.write(
        '/etc/pkcs11/modules/p11-kit-trust.module',
        `module: p11-kit-trust.so\nx-init-reserved: paths='${source}'\ntrust-policy: yes\n`,
      );
      const extract =
        'trust extract --overwrite --format=pem-bundle --filter=ca-anchors --purpose=server-auth';
      await machine.write(
        `/usr/local/sbin/${tool}`,
        `#!/bin/sh\nexec ${extract} ${bundle}\n`,
        '0755',
      );
      await machine.sh(
        `mkdir -p ${source}/anchors ${bundle.replace(/[^/]*$/, '')}; ${tool} extract`,
      );
      const tree = `find ${source} -type f -exec sha256sum {} +; cat ${bundle}`;
      const before = await machine.sh(tree);
      const holds = `openssl crl2pkcs7 -nocrl -certfile ${bundle} 2>/dev/null | openssl pkcs7 -print_certs`;

      const added = await machine.dockerctl('trust', 'add-ca', ca, '--name', 'lab');
      expect(added).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('Restarted dockerd'),
      });
      expect(await machine.sh(holds)).toMatch(/CN ?= ?lab/);
      expect((await machine.dockerctl('trust', 'list-cas')).stdout).toMatch(/lab +\S+ +yes/);
      const again = await machine.dockerctl('trust', 'add-ca', ca, '--name', 'lab');
      expect(again.stdout).toMatch(/^Unchanged/);
      expect(await machine.dockerctl('trust', 'remove-ca', 'lab')).toMatchObject({ status: 0 });
      expect(await machine.sh(tree)).toBe(before);
    },
  );

  test('a tool that runs without effect is an error', async () => {
    const { tool } = P11_SYSTEMS[2] ?? { tool: '' };
    await machine.write(`/usr/local/sbin/${tool}`, '#!/bin/sh\nexit 0\n', '0755');
    const added = await machine.dockerctl('trust', 'add-ca', ca, '--name', 'lab');
    expect(added).toMatchObject({ status: 8 });
    expect(added.stderr).toContain('its bundle does not hold CN=lab');
  });
});
