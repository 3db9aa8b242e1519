import { contentOf } from '../../../src/core/plan/content.js';
import { invert } from '../../../src/core/plan/plan.js';
import { setToml, readToml, unsetToml } from '../../../src/core/formats/toml/toml-edit.js';
import { buildkit } from '../../../src/core/trust/consumers/buildkit.js';
import { listConfigured } from '../../../src/core/trust/consumers/configured.js';
import type { Consumer, Material } from '../../../src/core/trust/contributions/consumer.js';
import { containerd } from '../../../src/core/trust/consumers/containerd/containerd.js';
import { docker } from '../../../src/core/trust/consumers/docker.js';
import { k3s } from '../../../src/core/trust/consumers/k3s.js';
import { lintFolder } from '../../../src/core/trust/diagnosis/lint.js';
import { planContributions } from '../../../src/core/trust/consumers/plan-trust.js';
import { podman } from '../../../src/core/trust/consumers/podman.js';
import { system } from '../../../src/core/trust/consumers/system/system.js';
import { systemStore } from '../../../src/core/trust/consumers/system/system-stores.js';
import type { SnapshotEntry, Snapshot } from '../../../src/core/plan/snapshot.js';
import { parseRegistry } from '../../../src/core/registry/address.js';
import {
  harborLiveFolder,
  registryPair,
  registryStorage,
} from '../../../src/core/pki/authority/deployment.js';
import { readYaml, setYaml } from '../../../src/core/formats/yaml-edit.js';
import type { Target } from '../fuzz.js';
import { CERTIFICATE_FILES, KEY_FILES } from './pki.js';

const seeds = (...texts: string[]): Uint8Array[] => texts.map((text) => Buffer.from(text));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const REGISTRY = parseRegistry('registry.example.com:5000');
const SUBJECT = {
  registry: REGISTRY,
  machine: { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null },
};
const CA: Material = {
  ca: Buffer.from(CERTIFICATE_FILES[1] ?? '').toString('utf8'),
  client: null,
  insecure: false,
};
const INSECURE: Material = { ca: null, client: null, insecure: true };

const file = (bytes: Uint8Array): SnapshotEntry => ({
  kind: 'file',
  image: { content: contentOf(bytes), mode: 0o644, uid: 0, gid: 0 },
});

/** A tree in which every file that a consumer asks for holds these bytes. */
function grown(consumer: Consumer, bytes: Uint8Array, names: readonly string[]): Snapshot {
  const snapshot = new Map<string, SnapshotEntry | null>();
  for (let round = 0; round < 10; round += 1) {
    const fresh = consumer.reads(SUBJECT, snapshot).filter((path) => !snapshot.has(path));
    if (fresh.length === 0) return snapshot;
    for (const path of fresh) snapshot.set(path, entryAt(path, bytes, names));
  }
  throw new Error(`${consumer.name} asks for ever more`);
}

function entryAt(path: string, bytes: Uint8Array, names: readonly string[]): SnapshotEntry | null {
  if (/\.(?:toml|ya?ml|conf|crt|cert|pem)$|os-release$/.test(path)) return file(bytes);
  if (path.endsWith('.key')) return null;
  return /certs\.d|rancher/.test(path) ? { kind: 'folder', names } : null;
}

/** Adds the registry, and takes it away again. */
function consumed(consumer: Consumer, bytes: Uint8Array, names: readonly string[] = []): void {
  const snapshot = grown(consumer, bytes, names);
  const material = bytes.length % 3 === 0 ? INSECURE : CA;
  const contribution = consumer.add({ ...SUBJECT, material }, snapshot);
  invert(planContributions('add', [contribution]));
  const after = new Map(snapshot);
  for (const { path, after: image } of contribution.changes)
    after.set(path, image === null ? null : { kind: 'file', image });
  consumer.remove(SUBJECT, after);
}

const fromFile = (consumer: Consumer) => (bytes: Uint8Array) => {
  consumed(consumer, bytes);
};

/** As a file of which `trust list` tells what it trusts. */
function listed(path: string, bytes: Uint8Array): void {
  listConfigured(new Map([[path, file(bytes)]]));
}

const TOML = [
  '[',
  ']',
  '[[',
  '=',
  '"',
  "'''",
  '"""',
  '.',
  '#',
  'config_path',
  'server',
  'host',
  '\\u0041',
  '1979-05-27',
  'inf',
];
const YAML = [
  ': ',
  '- ',
  '&a ',
  '*a',
  '<<: *a',
  '!!map ',
  '|\n',
  '>-\n',
  '{',
  '[',
  '---\n',
  '...\n',
  '? ',
  '\t',
  '%YAML 1.1\n',
];

const HOSTS_TOML = seeds(
  'server = "https://registry.example.com:5000"\n\n[host."https://registry.example.com:5000"]\n  capabilities = ["pull", "resolve"]\n  ca = "ca.crt"\n  skip_verify = false\n  client = [["client.cert", "client.key"]]\n',
  '# mine\n[host]\n[host."http://a"]\nskip_verify = true # yes\n[host."http://a".header]\nx = ["1"]\n',
);
const CONFIG_TOML = seeds(
  'version = 2\n[plugins]\n  [plugins."io.containerd.grpc.v1.cri".registry]\n    config_path = "/etc/containerd/certs.d"\n',
  'version = 3\nimports = ["/etc/containerd/conf.d/*.toml"]\n[plugins.\'io.containerd.cri.v1.images\'.registry]\nconfig_path = ""\n[[a]]\nb = { c = 1, d = [1, 2] }\n',
  'disabled_plugins = ["cri"]\n',
);
const BUILDKIT = seeds(
  'debug = true\n[registry."registry.example.com:5000"]\n  ca = ["/etc/a.crt"]\n  http = false\n  [[registry."registry.example.com:5000".keypair]]\n  key="/a"\n  cert="/b"\n[worker.oci]\n  gc = true\n',
);
const REGISTRIES_CONF = seeds(
  'unqualified-search-registries = ["docker.io"]\n[[registry]]\nprefix = "*.example.com"\nlocation = "a:5000"\ninsecure = true\n[[registry.mirror]]\nlocation = "b"\ninsecure = true\n',
  "[registries.insecure]\nregistries = ['a:5000']\n",
);
const REGISTRIES_YAML = seeds(
  'mirrors:\n  docker.io:\n    endpoint:\n      - "https://mirror.example.com"\nconfigs:\n  "registry.example.com:5000":\n    tls:\n      ca_file: /a # mine\n  other:\n    auth: {username: a, password: b}\n',
  'configs: {}\n',
  'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n',
);
const HARBOR_YML = seeds(
  'hostname: reg.example.com\n# https\nhttps:\n  port: 443\n  certificate: /a\n  private_key: /b\ndata_volume: /data\nexternal_url: https://reg.example.com:8433\n',
  'hostname: a\nhttps: {port: 443}\n',
  'version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: /var/lib/registry\nhttp:\n  addr: :5000\n  tls:\n    certificate: /a\n    key: /b\n',
);

/** `name\tkind` lines make a certs.d tree: what lies in a folder is foreign too, its names as well. */
function certsTree(bytes: Uint8Array): void {
  const names = textOf(bytes)
    .split('\n')
    .filter((name) => name !== '' && !/[/\0]/.test(name))
    .slice(0, 40);
  const folder = '/etc/docker/certs.d/a:5000';
  const contents = [...CERTIFICATE_FILES, ...KEY_FILES, bytes];
  const snapshot = new Map<string, SnapshotEntry | null>([[folder, { kind: 'folder', names }]]);
  names.forEach((name, index) => {
    snapshot.set(`${folder}/${name}`, file(contents[index % contents.length] ?? bytes));
  });
  lintFolder(snapshot, { registry: 'a:5000', folder, now: Date.UTC(2026, 10, 21) });
  consumed(docker, contents[bytes.length % contents.length] ?? bytes, names);
  consumed(podman, bytes, names);
}

function toml(bytes: Uint8Array): void {
  const given = { path: 'hosts.toml', text: textOf(bytes) };
  const before = JSON.stringify(readToml(given), plain);
  const text = setToml(given, ['host', 'https://a.example.com', 'ca'], { value: ['a.crt'] });
  const back = unsetToml({ ...given, text }, ['host', 'https://a.example.com', 'ca']);
  if (!before.includes('a.example.com') && !before.includes('"host"'))
    if (JSON.stringify(readToml({ ...given, text: back }), plain) !== before)
      throw new Error('set, then unset: another file');
}

const plain = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' || typeof value === 'number' ? String(value) : value;

function yaml(bytes: Uint8Array): void {
  const given = { path: 'harbor.yml', text: textOf(bytes) };
  harborLiveFolder(given);
  registryPair(given);
  registryStorage(given);
  const keys = bytes.length % 2 === 0 ? ['https', 'certificate'] : ['http', 'tls', 'key'];
  const text = setYaml(given, keys, '/etc/harbor/tls/a b.crt');
  if (readYaml({ ...given, text }, keys) !== '/etc/harbor/tls/a b.crt')
    throw new Error('set, then get: another value');
}

export const TRUST_TARGETS: readonly Target[] = [
  {
    name: 'certs.d tree',
    slow: true,
    seeds: seeds(
      'ca.crt\nclient.cert\nclient.key\nhosts.toml\n',
      'a.pem\nb.der\n.hidden\nc.cert\nc.key\nca.crt',
    ),
    words: ['.crt', '.cert', '.key', '\n', 'hosts.toml', '-----BEGIN CERTIFICATE-----'],
    read: certsTree,
  },
  { name: 'hosts.toml', seeds: [...HOSTS_TOML, ...CONFIG_TOML], words: TOML, read: toml },
  {
    name: 'containerd',
    seeds: [...CONFIG_TOML, ...HOSTS_TOML],
    words: TOML,
    read: fromFile(containerd),
  },
  {
    name: 'buildkitd.toml',
    seeds: BUILDKIT,
    words: TOML,
    read: (bytes) => {
      consumed(buildkit, bytes);
      listed('/etc/buildkit/buildkitd.toml', bytes);
    },
  },
  {
    name: 'registries.yaml',
    seeds: REGISTRIES_YAML,
    words: YAML,
    slow: true,
    read: (bytes) => {
      consumed(k3s, bytes);
      listed('/etc/rancher/k3s/registries.yaml', bytes);
    },
  },
  {
    name: 'registries.conf',
    seeds: REGISTRIES_CONF,
    words: TOML,
    read: (bytes) => {
      listed('/etc/containers/registries.conf', bytes);
    },
  },
  { name: 'harbor.yml, config.yml', seeds: HARBOR_YML, words: YAML, slow: true, read: yaml },
  {
    name: 'os-release',
    seeds: seeds(
      'ID=debian\nPRETTY_NAME="Debian 12"\n',
      'ID="rocky"\nID_LIKE="rhel centos fedora"\n',
      "NAME='x'\nID_LIKE=suse opensuse",
    ),
    words: ['ID=', 'ID_LIKE=', 'PRETTY_NAME=', '"', "'", '\n'],
    read: (bytes) => {
      systemStore(textOf(bytes));
      consumed(system, bytes);
    },
  },
];
