import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseRegistry } from '../../../../src/core/registry/address.js';
import type { ConsumerName, Material } from '../../../../src/core/trust/contributions/consumer.js';
import { chooseConsumers } from '../../../../src/core/trust/consumers/consumers.js';
import { planDistrust, planTrust } from '../../../../src/core/trust/consumers/plan-trust.js';
import { secretOf } from '../../../../src/core/plan/content.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { readSnapshot } from '../../../../src/system/files/read-snapshot.js';
import { isDockerctlError } from '../../../../src/errors.js';
import { realHost, temporaryFolder } from '../../../support/node-host.js';
import { CA, CLIENT, issue, type Issued } from '../../../support/openssl.js';

const REGISTRY = 'reg.example:5000';
const OTHER = 'other.example';
const OPTIONS = {
  ...({ dryRun: false, activate: 'auto', containers: 'keep' } as const),
  ...{ validate: true, timeoutMs: 5_000 },
  ...({ lockTimeoutMs: 0, confirmWithinMs: null, config: null, commandLine: 'test' } as const),
} as const;

let ca: Issued, theirs: Issued, client: Issued;
beforeAll(() => {
  const folder = temporaryFolder();
  ca = issue(folder, { cn: 'Root', extensions: CA });
  theirs = issue(folder, { cn: 'Theirs', extensions: CA });
  client = issue(folder, { cn: 'me', extensions: CLIENT, by: ca });
});

/** A start state: contents by path; a path that ends with a slash is an empty folder. */
type Files = Readonly<Record<string, string>>;

/** What a machine may have at each place; `undefined` is nothing. */
const PLACES: Readonly<Record<string, Readonly<Record<string, readonly (string | undefined)[]>>>> =
  {
    docker: {
      'etc/docker/': [undefined, ''],
      [`etc/docker/certs.d/${REGISTRY}/`]: [undefined, ''],
      [`etc/docker/certs.d/${REGISTRY}/ca.crt`]: [undefined, 'THEIRS'],
      [`etc/docker/certs.d/${REGISTRY}/corp.crt`]: [undefined, 'THEIRS'],
      [`etc/docker/certs.d/${REGISTRY}/README`]: [undefined, 'mine\n'],
      'etc/docker/certs.d/docker.io/proxy.crt': [undefined, 'THEIRS'],
    },
    podman: {
      'etc/containers/registries.conf': [
        undefined,
        'unqualified-search-registries = ["docker.io"]\n',
      ],
      'etc/containers/registries.conf.d/': [undefined, ''],
      'etc/containers/certs.d/': [undefined, ''],
      [`etc/containers/certs.d/${REGISTRY}/ca.crt`]: [undefined, 'THEIRS'],
      [`etc/containers/certs.d/${REGISTRY}/x.cert`]: [undefined, 'THEIRS'],
      'etc/containers/registries.conf.d/90-dockerctl-reg.example_5000.conf': [
        undefined,
        '[[registry]]\nlocation = "reg.example:5000"\ninsecure = true\n# by hand\n',
      ],
    },
    containerd: {
      'etc/containerd/config.toml': [
        undefined,
        'version = 2\n',
        'version = 3\n',
        'version = 2\r\n\r\n[grpc]\r\n  address = "/x"\r\n',
        `version = 2\n[plugins."io.containerd.grpc.v1.cri".registry]\n  config_path = ''\n`,
        `version = 2\n[plugins."io.containerd.grpc.v1.cri".registry]\n  config_path = "" # none\n  [plugins."io.containerd.grpc.v1.cri".registry.headers]\n`,
        '# empty but for this',
        '',
      ],
      'etc/containerd/certs.d/': [undefined, ''],
      'etc/containerd/certs.d/elsewhere/hosts.toml': [undefined, 'server = "https://elsewhere"\n'],
      [`etc/containerd/certs.d/${REGISTRY}/`]: [undefined, ''],
      [`etc/containerd/certs.d/${REGISTRY}/ca.crt`]: [undefined, 'THEIRS'],
      [`etc/containerd/certs.d/${REGISTRY}/hosts.toml`]: [
        undefined,
        '',
        `server = "https://${REGISTRY}"\n`,
        `server = "https://${REGISTRY}"\nca = "/etc/mine.crt"\n`,
        `# theirs\nserver = "https://${REGISTRY}"\nskip_verify = true # for now\n\n[host."https://mirror:5000"]\n  ca = "/etc/m.crt"`,
        `[host."https://${REGISTRY}"]\r\n  ca = ["/a.crt", "/b.crt"]\r\n`,
      ],
    },
    buildkit: {
      'etc/buildkit/': [undefined, ''],
      'etc/buildkit/buildkitd.toml': [
        undefined,
        '',
        '# mine\n',
        'debug = true',
        `[registry."${REGISTRY}"]\n  insecure = true\n  http = true # lab\n`,
        `debug = true\r\n[registry."${REGISTRY}"]\r\nca=["/etc/mine.crt"]\r\n  mirrors = ["m"]\r\n[worker.oci]\r\nenabled=true\r\n`,
        `[registry."docker.io"]\n  mirrors = ["m"]\n\n[registry."${REGISTRY}"]\n`,
        `[[registry."${REGISTRY}".keypair]]\nkey = "/k"\ncert = "/c"\n`,
      ],
    },
    k3s: {
      'etc/rancher/k3s/config.yaml': [undefined, 'token: x\n'],
      'etc/rancher/rke2/': [undefined, ''],
      'etc/rancher/k3s/registries.yaml': [
        undefined,
        '',
        '# mine\n',
        'mirrors:\n  docker.io:\n    endpoint: ["https://m"]\n',
        'configs:\n',
        `configs:\n  "${REGISTRY}":\n    tls:\n      ca_file:   /etc/mine.crt   # ours\n`,
        `configs:\n    ${REGISTRY}:\n        auth: {username: u, password: p}\n        tls:\n            insecure_skip_verify: true`,
        `configs: {"${REGISTRY}": {tls: {ca_file: '/a.crt'}}}\n`,
        'configs:\r\n  "x":\r\n    tls: {}\r\n',
        `---\nconfigs:\n  x: &a\n    tls:\n      ca_file: /a\n  ${REGISTRY}: *a\n`,
      ],
    },
    system: {
      'etc/os-release': ['ID=debian\n', 'ID=alpine\n', 'ID=fedora\n', 'ID=sles\n', 'ID=arch\n'],
      'etc/ssl/certs/ca-certificates.crt': [undefined, '', 'THEIRS'],
      // The package of the tool has made its folder.
      'etc/pki/ca-trust/source/anchors/': [''],
      'etc/pki/trust/anchors/': [''],
      'etc/ca-certificates/trust-source/anchors/': [''],
      'usr/local/share/ca-certificates/': [''],
      'etc/pki/ca-trust/source/anchors/corp.pem': [undefined, 'THEIRS'],
      'etc/ca-certificates/update.d/jks-keystore': [undefined, '#!/bin/sh\n'],
      'usr/local/share/ca-certificates/corp.crt': [undefined, 'THEIRS', '\ufeffjunk'],
      'usr/local/share/ca-certificates/sub/corp.crt': [undefined, 'THEIRS'],
    },
  };

const tree = (root: string): string =>
  execFileSync(
    'sh',
    [
      '-c',
      'find . -path ./var -prune -o -path ./run -prune -o -printf "%p %m %y\\n" | sort; find etc usr -type f 2>/dev/null | sort | xargs -r -d "\\n" sha256sum',
    ],
    { cwd: root, encoding: 'utf8' },
  );

function write(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path.endsWith('/') ? path : dirname(path)), { recursive: true });
    if (!path.endsWith('/'))
      writeFileSync(join(root, path), content === 'THEIRS' ? theirs.cert : content);
  }
}

type Verb = 'add' | 'remove';
async function change(
  root: string,
  verb: Verb,
  what: { name: string; consumer: ConsumerName; material: Material },
) {
  const host = realHost(root);
  const registry = parseRegistry(what.name);
  const machine = {
    ...{ certsDir: '/etc/docker/certs.d', mirrors: [REGISTRY], chosen: [what.consumer] },
    records: '/var/lib/dockerctl/replaced',
  };
  const { snapshot: seen, secrets } = readSnapshot(host, (now) =>
    chooseConsumers(machine, now).flatMap((one) => one.reads({ registry, machine }, now)),
  );
  const plan =
    verb === 'add'
      ? planTrust('add', { registry, machine, material: what.material }, seen)
      : planDistrust('remove', { registry, machine }, seen);
  const key = Buffer.from(client.key);
  const all = new Map([...secrets, [secretOf(key).secret, new Uint8Array(key)] as const]);
  await applyPlan(host, plan, { ...OPTIONS, secrets: all });
  return plan;
}

const MATERIALS = ['ca', 'ca and pair', 'insecure'] as const;
const materialOf = (kind: (typeof MATERIALS)[number]): Material => ({
  ca: kind === 'insecure' ? null : ca.cert,
  client:
    kind === 'ca and pair' ? { cert: client.cert, key: secretOf(Buffer.from(client.key)) } : null,
  insecure: kind === 'insecure',
});

const stateOf = (places: (typeof PLACES)[string]): fc.Arbitrary<Files> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(places).map(([path, some]) => [path, fc.constantFrom(...some)]),
      ),
    )
    .map((record) =>
      Object.fromEntries(
        Object.entries(record).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
    );

/** A file of many readers, which somebody edits while our trust is in it. */
const EDITED: Partial<Record<string, string>> = {
  containerd: 'etc/containerd/config.toml',
  buildkit: 'etc/buildkit/buildkitd.toml',
  k3s: 'etc/rancher/k3s/registries.yaml',
};

async function inFolder(use: (root: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'dockerctl-give-back-'));
  try {
    await use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe.each(Object.keys(PLACES))('what is added for %s and taken back', (name) => {
  const consumer = name as ConsumerName;
  const states = stateOf(PLACES[name] ?? {});

  test('leaves the tree as it was, to the byte, from fifty start states that it changes and more', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(
        states,
        fc.constantFrom(...(consumer === 'system' ? (['ca'] as const) : MATERIALS)),
        fc.constantFrom('alone', 'around', 'crossed'),
        async (files, kind, order) =>
          inFolder(async (root) => {
            write(root, files);
            const start = tree(root);
            const one = { name: REGISTRY, consumer, material: materialOf(kind) };
            const two = { name: OTHER, consumer, material: materialOf('ca') };
            try {
              const plan = await change(root, 'add', one);
              if (plan.changes.length === 0) return;
              changed += 1;
              if (order !== 'alone') await change(root, 'add', two);
            } catch (error) {
              // A file that is written in a way that we do not edit is refused, and nothing is changed.
              if (!isDockerctlError(error)) throw error;
              expect(tree(root)).toBe(start);
              return;
            }
            if (order === 'around') await change(root, 'remove', two);
            await change(root, 'remove', one);
            if (order === 'crossed') await change(root, 'remove', two);
            expect(tree(root)).toBe(start);
            expect(
              execFileSync('find', [root, '-path', '*/replaced/*'], { encoding: 'utf8' }),
            ).toBe('');
          }),
      ),
      { numRuns: 100, seed: 20261130 },
    );
    expect(changed).toBeGreaterThanOrEqual(50);
  });

  const edited = EDITED[name];
  if (edited === undefined) return;
  test('keeps what somebody else wrote into it meanwhile', async () => {
    await inFolder(async (root) => {
      const one = { name: REGISTRY, consumer, material: materialOf('ca') };
      write(root, { [edited]: '' });
      await change(root, 'add', one);
      appendFileSync(join(root, edited), '# written meanwhile\n');
      await change(root, 'remove', one);
      expect(readFileSync(join(root, edited), 'utf8')).toBe('# written meanwhile\n');
    });
  });
});
