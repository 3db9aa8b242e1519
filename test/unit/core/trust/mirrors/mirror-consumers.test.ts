import { describe, expect, test } from '@jest/globals';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import type { Snapshot } from '../../../../../src/core/plan/snapshot.js';
import { after } from '../../../../../src/core/trust/contributions/contribution.js';
import type { ConsumerName } from '../../../../../src/core/trust/contributions/consumer.js';
import {
  forMirrors,
  MIRROR_CONSUMERS,
} from '../../../../../src/core/trust/mirrors/mirror-consumers.js';
import type { MirrorRequest } from '../../../../../src/core/trust/mirrors/mirror-request.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const machine = forMirrors({ certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null });
const consumerOf = (name: ConsumerName) => {
  const found = MIRROR_CONSUMERS.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const requestOf = (registry: string, urls: readonly string[]): MirrorRequest => ({
  registry: parseRegistry(registry),
  machine,
  mirrors: urls.map((url) => ({ url, name: new URL(url).host })),
  ca: null,
  insecure: [],
});
const added = (name: ConsumerName, request: MirrorRequest, snapshot: Snapshot = new Map()) =>
  consumerOf(name)
    .add(request, snapshot)
    .changes.filter(({ path }) => path.startsWith('/etc/'))
    .map(({ path, after: image }) => [
      path,
      image !== null && 'text' in image.content ? image.content.text : image,
    ]);

describe('docker', () => {
  /** containerd docs/hosts.md: the hosts are asked in their order, then the server. */
  test('has a hosts.toml: the mirrors for pulls alone, then the registry itself', () => {
    expect(added('docker', requestOf('ghcr.io', ['https://m.corp/ghcr', 'http://n.corp']))).toEqual(
      [
        [
          '/etc/docker/certs.d/ghcr.io/hosts.toml',
          `# written by dockerctl
server = "https://ghcr.io"

[host."https://m.corp/ghcr"]
  capabilities = ["pull", "resolve"]

[host."http://n.corp"]
  capabilities = ["pull", "resolve"]
`,
        ],
      ],
    );
  });

  test('the CA lies beside the name of each mirror that speaks TLS and has none, and is named', () => {
    const request = { ...requestOf('ghcr.io', ['https://m.corp', 'http://n.corp']), ca: 'PEM\n' };
    const files = added('docker', request);
    expect(files.map(([path]) => path)).toEqual([
      '/etc/docker/certs.d/m.corp/ca.crt',
      '/etc/docker/certs.d/ghcr.io/hosts.toml',
    ]);
    expect(files[1]?.[1]).toContain(
      '[host."https://m.corp"]\n  capabilities = ["pull", "resolve"]\n  ca = ["/etc/docker/certs.d/m.corp/ca.crt"]\n',
    );
    const own = treeOf({ '/etc/docker/certs.d/m.corp/own.crt': 'x' });
    expect(added('docker', request, own).map(([path]) => path)).toEqual([
      '/etc/docker/certs.d/ghcr.io/hosts.toml',
    ]);
  });

  test('what daemon.json has as insecure is so here', () => {
    const request = { ...requestOf('ghcr.io', ['https://m.corp']), insecure: ['m.corp'] };
    expect(added('docker', request)[0]?.[1]).toMatch(
      /^server = "https:\/\/ghcr\.io"\n\n\[host\."https:\/\/m\.corp"\]\n.*\n {2}skip_verify = true\n$/m,
    );
  });
});

describe('podman', () => {
  const DROP_IN = '/etc/containers/registries.conf.d/95-dockerctl-mirrors-ghcr.io.conf';

  /** containers-registries.conf(5): a location has no scheme; `insecure` allows http. */
  test('has a drop-in', () => {
    expect(
      added('podman', requestOf('ghcr.io', ['https://m.corp:5000/ghcr/', 'http://n.corp'])),
    ).toEqual([
      [
        DROP_IN,
        `[[registry]]
location = "ghcr.io"

[[registry.mirror]]
location = "m.corp:5000/ghcr"

[[registry.mirror]]
location = "n.corp"
insecure = true
`,
      ],
    ]);
  });

  test('a registry that was made insecure by us stays so: the later file has the last word', () => {
    const open = { '/etc/containers/registries.conf.d/90-dockerctl-ghcr.io.conf': 'x' };
    const request = requestOf('ghcr.io', ['https://m.corp']);
    expect(added('podman', request, treeOf(open))).toEqual([
      [
        DROP_IN,
        expect.stringMatching(/^\[\[registry\]\]\nlocation = "ghcr\.io"\ninsecure = true\n/),
      ],
    ]);
  });

  test('has no mirrors for all registries, and says so', () => {
    const request = {
      ...requestOf('ghcr.io', ['https://m.corp']),
      registry: { ...parseRegistry('ghcr.io'), name: '_default' },
    };
    const { changes, notes } = consumerOf('podman').add(request, new Map());
    expect(changes).toEqual([]);
    expect(notes.join()).toContain('no mirrors for all registries');
  });
});

describe('containerd', () => {
  const request = requestOf('ghcr.io', ['https://m.corp']);

  test('its config.toml is left alone where no one asks its CRI plugin', () => {
    const { changes, refresh } = consumerOf('containerd').add(request, new Map());
    expect(changes.map(({ path }) => path)).toContain('/etc/containerd/certs.d/ghcr.io/hosts.toml');
    expect(changes.map(({ path }) => path)).not.toContain('/etc/containerd/config.toml');
    expect(refresh).toEqual([]);
  });

  test('with a kubelet, config_path names the folder, and containerd is restarted', () => {
    const { changes, refresh } = consumerOf('containerd').add(
      request,
      treeOf({ '/usr/bin/kubelet': 'x' }),
    );
    expect(changes.map(({ path }) => path)).toContain('/etc/containerd/config.toml');
    expect(refresh.map(({ argv }) => argv.join(' '))).toEqual([
      'systemctl try-restart containerd.service',
    ]);
  });
});

test.each(['docker', 'containerd', 'podman'] as const)(
  '%s: taken back, nothing of ours is left',
  (name) => {
    const request = requestOf('ghcr.io', ['https://m.corp']);
    const consumer = consumerOf(name);
    const then = after(new Map(), consumer.add(request, new Map()).changes);
    const left = after(then, consumer.remove(request, then).changes);
    expect([...left].filter(([, entry]) => entry?.kind === 'file')).toEqual([]);
  },
);

test('what mirrors replace is recorded apart from what trust replaces', () => {
  expect(machine.records).toBe('/var/lib/dockerctl/replaced/mirrors');
  expect(forMirrors({ ...machine, records: '/r' }).records).toBe('/r/mirrors');
});
