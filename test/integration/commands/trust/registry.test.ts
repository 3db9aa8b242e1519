import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../../support/node-host.js';
import { CA, CLIENT, derOf, issue, server, type Issued } from '../../../support/openssl.js';
import { dockerctl } from '../../../support/program.js';

const CERTS = 'etc/docker/certs.d';
let ca: Issued, other: Issued, leaf: Issued, client: Issued;
let root: string, given: string;

beforeAll(() => {
  const folder = temporaryFolder();
  ca = issue(folder, { cn: 'Root', extensions: CA });
  other = issue(folder, { cn: 'Other', extensions: CA });
  leaf = issue(folder, { cn: 'reg', extensions: server('DNS:reg.example'), by: ca });
  client = issue(folder, { cn: 'me', extensions: CLIENT, by: ca });
});

beforeEach(() => {
  root = temporaryFolder();
  given = temporaryFolder();
  write(given, {
    'ca.crt': ca.cert,
    'ca.der': derOf(ca.cert),
    'leaf.crt': leaf.cert,
    'leaf.key': leaf.key,
    'big.crt': Buffer.alloc(10_000_000, 'garbage '),
  });
  write(given, { 'me.crt': client.cert, 'me.key': client.key, 'other.crt': other.cert });
  write(root, { 'etc/hostname': 'here\n', 'etc/os-release': 'ID=debian\n' });
});

const write = (folder: string, files: Readonly<Record<string, string | Buffer>>): void => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
};
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const file = (name: string): string => join(given, name);
const trust = (...argv: string[]) => dockerctl('trust', ...argv, '--root', root);
/** Names, modes and contents of everything below etc. */
const tree = (): string =>
  execFileSync(
    'sh',
    ['-c', 'find etc -printf "%p %m %y\\n" | sort; find etc -type f | sort | xargs sha256sum'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );

describe('trust add-registry', () => {
  test('writes ca.crt for docker alone where nobody else is', async () => {
    const { status, stdout } = await trust(
      'add-registry',
      'reg.example:5000',
      '--ca',
      file('ca.crt'),
    );
    expect(stdout).toMatch(/Created \/etc\/docker\/certs\.d\/reg\.example:5000\/ca\.crt/);
    expect(status).toBe(0);
    expect(read(`${CERTS}/reg.example:5000/ca.crt`)).toBe(ca.cert);
    expect(statSync(join(root, CERTS, 'reg.example:5000')).mode & 0o777).toBe(0o755);
  });

  test('a second time changes nothing', async () => {
    await trust('add-registry', 'reg.example:5000', '--ca', file('ca.crt'));
    const { stdout } = await trust(
      'add-registry',
      'https://reg.example:5000/',
      '--ca',
      file('ca.der'),
    );
    expect(stdout).toMatch(/^Unchanged/);
  });

  test('keeps the client key for root alone and out of every output', async () => {
    const pair = ['--client-cert', file('me.crt'), '--client-key', file('me.key')];
    const { stdout, stderr } = await trust('add-registry', 'reg.example', ...pair, '--json');
    // Its third line of base64 has the public key alone, as the certificate does.
    const lines = client.key.trim().split('\n').toSpliced(3, 1);
    for (const line of lines) expect(stdout + stderr).not.toContain(line);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, data: { status: 'applied' } });
    expect(read(`${CERTS}/reg.example/client.key`)).toBe(client.key);
    expect(statSync(join(root, CERTS, 'reg.example/client.key')).mode & 0o777).toBe(0o600);
  });

  test('serves everybody who is here and would pull', async () => {
    write(root, {
      'etc/containers/registries.conf': '',
      'etc/containerd/x': '',
      'etc/buildkit/buildkitd.toml': '# mine\n',
    });
    write(root, { 'etc/rancher/k3s/config.yaml': '' });
    const { stdout } = await trust('add-registry', 'reg.example:5000', '--ca', file('ca.crt'));
    expect(stdout).toMatch(/for docker, containerd, podman, buildkit, k3s/);
    expect(read('etc/containers/certs.d/reg.example:5000/ca.crt')).toBe(ca.cert);
    expect(read('etc/containerd/certs.d/reg.example:5000/hosts.toml')).toBe(
      'server = "https://reg.example:5000"\nca = "/etc/containerd/certs.d/reg.example:5000/ca.crt" # set by dockerctl\n',
    );
    expect(read('etc/buildkit/buildkitd.toml')).toBe(
      '# mine\n\n[registry."reg.example:5000"]\nca = ["/etc/buildkit/certs.d/reg.example:5000/ca.crt"]\n',
    );
    expect(read('etc/rancher/k3s/registries.yaml')).toBe(
      'configs: # set by dockerctl\n  "reg.example:5000": # set by dockerctl\n    tls:\n      ca_file: "/etc/rancher/k3s/certs.d/reg.example:5000/ca.crt"\n',
    );
  });

  test('serves those that are named', async () => {
    await trust(
      'add-registry',
      'reg.example:5000',
      '--ca',
      file('ca.crt'),
      '--to',
      'podman,system',
    );
    expect(tree()).not.toMatch(/etc\/docker/);
    expect(read('etc/containers/certs.d/reg.example:5000/ca.crt')).toBe(ca.cert);
    expect(tree()).not.toMatch(/ca-certificates/);
    expect(execFileSync('find', ['usr', '-type', 'f'], { cwd: root, encoding: 'utf8' })).toMatch(
      /^usr\/local\/share\/ca-certificates\/dockerctl-reg\.example_5000-[0-9a-f]{8}\.crt$/m,
    );
  });

  test('puts a CA for Docker Hub into the system store and says why', async () => {
    const { stdout, status } = await trust('add-registry', 'docker.io', '--ca', file('ca.crt'));
    expect(stdout).toMatch(/never reads certs\.d for Docker Hub/);
    expect(status).toBe(0);
  });

  test('puts it nowhere else, whoever is named', async () => {
    const to = ['--ca', file('ca.crt'), '--to', 'podman'];
    const { stderr, status } = await trust('add-registry', 'docker.io', ...to);
    expect(stderr).toMatch(/--to podman: a CA for Docker Hub goes to the system store/);
    expect(status).toBe(2);
  });

  test('says where nothing is verified, whatever CA is added, the same for every consumer', async () => {
    const name = 'reg.example:5000';
    write(root, {
      'etc/containers/registries.conf': `[[registry]]\nlocation = "${name}"\ninsecure = true\n`,
      [`etc/containerd/certs.d/${name}/hosts.toml`]: `server = "https://${name}"\nskip_verify = true\n`,
      [`etc/docker/certs.d/${name}/hosts.toml`]: `[host."http://${name}"]\n`,
      'etc/buildkit/buildkitd.toml': `[registry."${name}"]\ninsecure = true\n`,
      'etc/rancher/k3s/registries.yaml': `configs:\n  "${name}":\n    tls:\n      insecure_skip_verify: true\n`,
    });
    const before = tree();
    const { stdout } = await trust('add-registry', name, '--ca', file('ca.crt'));
    const all = ['docker', 'podman', 'containerd', 'buildkit', 'k3s'];
    for (const consumer of all)
      expect(stdout).toMatch(new RegExp(`Note: ${consumer} verifies nothing for ${name}`));
    const closed = await trust('add-registry', name, '--ca', file('ca.crt'), '--yes');
    for (const consumer of all)
      expect(closed.stdout).toMatch(
        new RegExp(`Note: ${consumer} verified nothing for ${name}.*taken out`),
      );
    for (const path of [
      'etc/containers/registries.conf',
      `etc/containerd/certs.d/${name}/hosts.toml`,
      `etc/docker/certs.d/${name}/hosts.toml`,
      'etc/buildkit/buildkitd.toml',
      'etc/rancher/k3s/registries.yaml',
    ])
      expect(read(path)).not.toMatch(/insecure|skip_verify|http:/);
    await trust('remove-registry', name);
    expect(tree()).toBe(before);
  });

  test('--insecure edits daemon.json and tells podman', async () => {
    write(root, { 'etc/docker/daemon.json': '{\n\t"debug": true\n}', 'etc/containers/x': '' });
    await trust('add-registry', 'reg.example:5080', '--insecure');
    expect(read('etc/docker/daemon.json')).toBe(
      '{\n\t"debug": true,\n\t"insecure-registries": ["reg.example:5080"]\n}',
    );
    expect(read('etc/containers/registries.conf.d/90-dockerctl-reg.example_5080.conf')).toBe(
      '[[registry]]\nlocation = "reg.example:5080"\ninsecure = true\n',
    );
  });

  test('--insecure says what k3s still wants of a registry that speaks http', async () => {
    const to = ['--insecure', '--to', 'k3s'];
    const { stdout } = await trust('add-registry', 'reg.example:5080', ...to);
    expect(stdout).toMatch(/mirrors: \{"reg\.example:5080": \{endpoint: \["http:/);
    expect(read('etc/rancher/k3s/registries.yaml')).toMatch(/insecure_skip_verify: true/);
  });

  test('says so when the registry stands in insecure-registries, where no certificate counts', async () => {
    write(root, { 'etc/docker/daemon.json': '{"insecure-registries":["reg.example"]}' });
    const { stdout } = await trust('add-registry', 'reg.example', '--ca', file('ca.crt'));
    expect(stdout).toContain(`dockerctl --root ${root} insecure remove reg.example`);
  });

  test('--dry-run writes nothing', async () => {
    const before = tree();
    const { stdout } = await trust('add-registry', 'reg.example', '--ca', file('ca.crt'), '-n');
    expect(stdout).toMatch(/^\+# CA .*, until \d{4}-\d\d-\d\d, SHA-256 [0-9A-F:]{95}$/m);
    expect(stdout).not.toContain('-----BEGIN');
    expect(tree()).toBe(before);
  });

  test.each<[string, string[], number, RegExp]>([
    ['nothing to trust by', [], 2, /nothing says by what/],
    ['an unknown consumer', ['--to', 'crio', '--ca', 'ca.crt'], 2, /no such consumer/],
    ['a CA and --insecure', ['--insecure', '--ca', 'ca.crt'], 2, /would not be used/],
    ['a CA and --fetch', ['--fetch', '--ca', 'ca.crt'], 2, /both say/],
    ['no verification by a store', ['--insecure', '--to', 'docker,java'], 2, /--to java: a store/],
    [
      'a client certificate for stores alone',
      ['--ca', 'ca.crt', '--client-cert', 'me.crt', '--client-key', 'me.key', '--to', 'system,nss'],
      2,
      /--to system,nss: .* shows nobody a client certificate/,
    ],
    [
      'a store without a CA',
      ['--client-cert', 'me.crt', '--client-key', 'me.key', '--to', 'docker,java'],
      2,
      /--to java: .* holds authorities/,
    ],
    ['half a pair', ['--client-cert', 'me.crt'], 2, /go together/],
    ['a fingerprint of nothing', ['--ca', 'ca.crt', '--fingerprint', 'ab'], 2, /--fetch must find/],
    ['a file that is not there', ['--ca', 'no.crt'], 3, /no\.crt: there is no such file/],
    ['a leaf as CA', ['--ca', 'leaf.crt'], 3, /no certificate authority/],
    ['a key as CA', ['--ca', 'leaf.key'], 3, /private key/],
    [
      'the server’s own pair',
      ['--client-cert', 'leaf.crt', '--client-key', 'leaf.key'],
      3,
      /does not belong on its clients/,
    ],
    [
      'a key of another',
      ['--client-cert', 'me.crt', '--client-key', 'leaf.key'],
      3,
      /is not the key of/,
    ],
    ['http for a CA', ['--ca', 'http://x.invalid/ca.crt'], 3, /over http/],
    ['a CA that cannot be had', ['--ca', 'https://x.invalid/ca.crt'], 8, /could not be downloaded/],
    ['a folder', ['--ca', '.'], 3, /cannot be read/],
    ['a device', ['--ca', '/dev/zero'], 3, /a device, a pipe or a socket/],
    ['10 MB of garbage', ['--ca', 'big.crt'], 3, /which no certificate file has/],
  ])('refuses %s and writes nothing', async (...[, options, expected, message]) => {
    const before = tree();
    const argv = options.map((one) => (/^[a-z]+\.(?:crt|key)$|^\.$/.test(one) ? file(one) : one));
    const { status, stderr } = await trust('add-registry', 'reg.example:5000', ...argv);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^Try: /m);
    expect(status).toBe(expected);
    expect(tree()).toBe(before);
  });

  test('refuses to add beside what breaks every pull', async () => {
    write(root, { [`${CERTS}/reg.example/reg.cert`]: leaf.cert });
    const { status, stderr } = await trust('add-registry', 'reg.example', '--ca', file('ca.crt'));
    expect(stderr).toMatch(/reg\.cert.*finds no reg\.key.*\n?.*mv /s);
    expect(status).toBe(3);
  });
});

describe('trust remove-registry', () => {
  test.each<[string, Readonly<Record<string, string>>, string[]]>([
    ['an empty machine', {}, []],
    [
      'a machine with everybody',
      {
        'etc/containers/registries.conf': '# c\n',
        'etc/containerd/config.toml':
          '# v2\nversion = 2\n[plugins."io.containerd.grpc.v1.cri"]\n  x = 1',
        'etc/crictl.yaml': '',
        'etc/buildkit/buildkitd.toml': 'debug = true',
        'etc/rancher/k3s/registries.yaml':
          '# k3s\nmirrors:\n    docker.io:\n        endpoint: ["https://m"]\n',
      },
      [],
    ],
    [
      'a machine with registries of its own',
      {
        [`${CERTS}/other.example/ca.crt`]: 'x',
        'etc/containerd/certs.d/reg.example:5000/hosts.toml':
          'server = "https://reg.example:5000"\n\n[host."https://mirror"]\n  capabilities = ["pull"] # x\n',
        'etc/rancher/rke2/registries.yaml': 'configs:\n    "a:1":\n        tls: {ca_file: /x}\n',
        'etc/buildkit/buildkitd.toml': '[registry."docker.io"]\n  mirrors = ["m"]\n',
      },
      [],
    ],
  ])('gives back %s, byte for byte', async (_, files, more) => {
    write(root, files);
    const before = tree();
    const pair = ['--client-cert', file('me.crt'), '--client-key', file('me.key')];
    const added = await trust(
      'add-registry',
      'reg.example:5000',
      '--ca',
      file('ca.crt'),
      ...pair,
      ...more,
    );
    expect(added).toMatchObject({ status: 0, stderr: '' });
    expect(tree()).not.toBe(before);
    const { status } = await trust('remove-registry', 'reg.example:5000');
    expect(status).toBe(0);
    expect(tree()).toBe(before);
  });

  test('takes the insecure entry back too', async () => {
    write(root, { 'etc/docker/daemon.json': '{"debug":true}' });
    const before = tree();
    await trust(
      'add-registry',
      'reg.example:5080',
      '--insecure',
      '--to',
      'docker,containerd,podman,buildkit,k3s',
    );
    await trust('remove-registry', 'reg.example:5080');
    expect(tree()).toBe(before);
  });

  test('does nothing where nothing is', async () => {
    expect((await trust('remove-registry', 'reg.example')).stdout).toMatch(
      /^Unchanged.*\nNote: reg\.example is not trusted here: `dockerctl --root \S+ trust list` names what is\n$/,
    );
  });

  test.each(['reg.exmaple:5000', 'reg.example'])(
    'names the trusted registry that was probably meant by %s',
    async (mistyped) => {
      await trust('add-registry', 'reg.example:5000', '--ca', file('ca.crt'), '--no-verify');
      const before = tree();
      expect(await trust('remove-registry', mistyped)).toMatchObject({
        status: 0,
        stdout: expect.stringContaining(
          `dockerctl --root ${root} trust remove-registry reg.example:5000\n`,
        ),
      });
      expect(tree()).toBe(before);
    },
  );
});

describe('trust list', () => {
  test('names each registry, consumer, end and authority, and marks what is insecure', async () => {
    write(root, { 'etc/docker/daemon.json': '{"insecure-registries":["open.example"]}' });
    const { stdout: none } = await dockerctl('trust', 'list', '--root', temporaryFolder());
    expect(none).toMatch(/No registry is trusted/);
    await trust(
      'add-registry',
      'reg.example:5000',
      '--ca',
      file('ca.crt'),
      '--to',
      'docker,podman,system',
    );
    const { stdout } = await trust('list');
    expect(stdout).toMatch(/reg\.example:5000 +docker +20\d\d-\d\d-\d\d +CN=Root/);
    expect(stdout).toMatch(/reg\.example:5000 +podman/);
    expect(stdout).toMatch(/open\.example +docker +- +insecure/);
    const { stdout: json } = await trust('list', '--json');
    const answer = JSON.parse(json) as { data: { registries: unknown[] } };
    expect(answer.data.registries).toContainEqual({
      registry: 'open.example',
      consumer: 'docker',
      by: [],
      until: null,
      insecure: true,
      asks: [],
    });
  });
});

describe('trust list of what each consumer has', () => {
  test('finds all that add-registry wrote, and no docker entry for podman', async () => {
    write(root, {
      'etc/docker/daemon.json': '{"insecure-registries":["reg.example:5000"]}',
      'etc/containerd/config.toml':
        'version = 3\n[plugins."io.containerd.cri.v1.images".registry]\nconfig_path = "/etc/certs"\n',
    });
    const to = ['--to', 'docker,containerd,podman,buildkit,k3s,system'];
    await trust('add-registry', 'reg.example:5000', '--ca', file('ca.crt'), ...to);
    const open = ['--to', 'containerd,podman,buildkit,k3s'];
    await trust('add-registry', 'open.example', '--insecure', ...open);
    const { stdout } = await trust('list');
    for (const consumer of ['containerd', 'podman', 'buildkit', 'k3s', 'system']) {
      expect(stdout).toMatch(
        new RegExp(`^reg\\.example[:_]5000 +${consumer} +20\\d\\d-\\d\\d-\\d\\d +CN=Root$`, 'm'),
      );
    }
    expect(stdout).toMatch(/^reg\.example:5000 +docker +\S+ +insecure.*CN=Root$/m);
    for (const consumer of ['containerd', 'podman', 'buildkit', 'k3s']) {
      expect(stdout).toMatch(new RegExp(`^open\\.example +${consumer} +- +insecure`, 'm'));
    }
  });

  test('names a file that it cannot read, and goes on', async () => {
    write(root, { 'etc/buildkit/buildkitd.toml': '[registry' });
    await trust('add-registry', 'reg.example', '--ca', file('ca.crt'), '--to', 'docker');
    const { stdout, stderr, status } = await trust('list');
    expect(stdout).toMatch(/^reg\.example +docker/m);
    expect(stderr).toMatch(/buildkitd\.toml cannot be read/);
    expect(status).toBe(0);
  });
});

describe('trust verify', () => {
  test('refuses to guess which', async () => {
    expect((await trust('verify')).status).toBe(2);
    expect((await trust('verify', 'reg.example', '--all')).status).toBe(2);
  });

  test('finds what is wrong in the folder and on the way', async () => {
    write(root, { [`${CERTS}/no-such-host.invalid:5000/reg.cert`]: leaf.cert });
    const { status, stdout } = await trust('verify', '--all', '--json');
    const { data } = JSON.parse(stdout) as { data: { findings: { code: string }[] } };
    const codes = data.findings.map(({ code }) => code);
    expect(codes).toEqual(['trust-cert-without-key', 'registry-unresolved', 'registry-not-proved']);
    expect(status).toBe(1);
  });
});

test('a file that is too long to be read hides itself alone from the list', async () => {
  write(root, {
    [`${CERTS}/reg.example/ca.crt`]: ca.cert,
    'etc/containerd/config.toml': `version = 2\n${'#'.repeat(600_000)}\n`,
  });
  const { stdout, stderr, status } = await trust('list');
  expect(status).toBe(0);
  expect(stdout).toMatch(/reg\.example +docker/);
  expect(stderr).toMatch(/config\.toml cannot be read: .*: what it trusts is not listed/);
});
