import { expect, test } from '@jest/globals';
import { contentOf } from '../../../../../src/core/plan/content.js';
import {
  listConfigured,
  readsConfigured,
} from '../../../../../src/core/trust/consumers/configured.js';
import type { SnapshotEntry } from '../../../../../src/core/plan/snapshot.js';

const file = (text: string): SnapshotEntry => ({
  kind: 'file',
  image: { content: contentOf(Buffer.from(text)), mode: 0o644, uid: 0, gid: 0 },
});
const CONF = '/etc/containers/registries.conf';
const BUILDKIT = '/etc/buildkit/buildkitd.toml';
const K3S = '/etc/rancher/k3s/registries.yaml';

test.each<[string, string, object[]]>([
  [
    CONF,
    '[[registry]]\nlocation = "open:5000"\ninsecure = true\n[[registry]]\nlocation = "closed"\n',
    [{ consumer: 'podman', registry: 'open:5000', ca: [], client: [], insecure: true }],
  ],
  [
    CONF,
    '[[registry]]\nprefix = "*.example.com"\ninsecure = true\n',
    [{ consumer: 'podman', registry: '*.example.com', ca: [], client: [], insecure: true }],
  ],
  [
    CONF,
    "[registries.insecure]\nregistries = ['old:5000', 7]\n",
    [{ consumer: 'podman', registry: 'old:5000', ca: [], client: [], insecure: true }],
  ],
  [
    BUILDKIT,
    '[registry."a:5000"]\nca = ["/srv/a.crt", 1, "b.crt"]\n[[registry."a:5000".keypair]]\ncert = "/srv/me.crt"\nkey = "/srv/me.key"\n',
    [
      {
        consumer: 'buildkit',
        registry: 'a:5000',
        ca: ['/srv/a.crt'],
        client: ['/srv/me.crt'],
        insecure: false,
      },
    ],
  ],
  [
    BUILDKIT,
    '[registry]\nx = 1\n[registry."h:80"]\nhttp = true\n',
    [{ consumer: 'buildkit', registry: 'h:80', ca: [], client: [], insecure: true }],
  ],
  [
    K3S,
    'configs:\n  "a:5000":\n    tls:\n      ca_file: /srv/a.crt\n      key_file: /srv/a.key\n  b: {tls: {insecure_skip_verify: true}}\n',
    [
      { consumer: 'k3s', registry: 'a:5000', ca: ['/srv/a.crt'], client: [], insecure: false },
      { consumer: 'k3s', registry: 'b', ca: [], client: [], insecure: true },
    ],
  ],
  [K3S, 'mirrors: {}\nconfigs: [x]\n', []],
])('%s %j', (path, text, expected) => {
  expect(listConfigured(new Map([[path, file(text)]]))).toEqual({
    configured: expected,
    notes: [],
  });
});

test('a file that cannot be read is named, and hides no other', () => {
  const snapshot = new Map([
    [BUILDKIT, file('[registry')],
    [K3S, file('configs: {a: {tls: {ca_file: /a.crt}}}')],
  ]);
  const { configured, notes } = listConfigured(snapshot);
  expect(configured.map(({ registry }) => registry)).toEqual(['a']);
  expect(notes).toEqual([
    expect.stringMatching(/^\/etc\/buildkit\/buildkitd\.toml cannot be read/),
  ]);
  expect(readsConfigured(snapshot)).toContain('/a.crt');
});
