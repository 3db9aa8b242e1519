import { expect, test } from '@jest/globals';
import type { Snapshot, SnapshotEntry } from '../../../../../../src/core/plan/snapshot.js';
import {
  criRegistry,
  oldRegistries,
  readsContainerdConfig,
} from '../../../../../../src/core/trust/consumers/containerd/containerd-config.js';
import { convertCri } from '../../../../../../src/core/trust/consumers/containerd/convert-cri.js';

const MAIN = '/etc/containerd/config.toml';
const CRI = 'plugins."io.containerd.grpc.v1.cri"';

function machine(files: Readonly<Record<string, string>>): Snapshot {
  const entries = Object.entries(files).map(([path, text]): [string, SnapshotEntry] => [
    path,
    { kind: 'file', image: { content: { text }, mode: 0o644, uid: 0, gid: 0 } },
  ]);
  const folder = '/etc/containerd/conf.d';
  const names = Object.keys(files).flatMap((path) =>
    path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [],
  );
  return new Map([...entries, [folder, { kind: 'folder', names }]]);
}
const decides = (files: Readonly<Record<string, string>>) => {
  const cri = criRegistry(machine(files));
  return cri === null ? null : [cri.file.path, cri.table.config_path];
};

/** containerd cmd/containerd/server/config, mergeConfig: the plugin's table of an import replaces that of the file before it. */
test.each([
  ['no import', { [MAIN]: `version = 2\n[${CRI}.registry]\nconfig_path = "/a"\n` }, [MAIN, '/a']],
  [
    'an import with a path',
    {
      [MAIN]: 'version = 2\nimports = ["/etc/containerd/conf.d/*.toml"]\n',
      '/etc/containerd/conf.d/10.toml': `version = 2\n[${CRI}.registry]\nconfig_path = "/b"\n`,
      '/etc/containerd/conf.d/20.toml.bak': `version = 2\n[${CRI}.registry]\nconfig_path = "/c"\n`,
    },
    ['/etc/containerd/conf.d/10.toml', '/b'],
  ],
  [
    'the last of several, by name',
    {
      [MAIN]: 'version = 2\nimports = ["conf.d/*.toml"]\n',
      '/etc/containerd/conf.d/20.toml': `version = 2\n[${CRI}.registry]\nconfig_path = "/c"\n`,
      '/etc/containerd/conf.d/10.toml': `version = 2\n[${CRI}.registry]\nconfig_path = "/b"\n`,
    },
    ['/etc/containerd/conf.d/20.toml', '/c'],
  ],
  [
    'an import with a table of the plugin and no path in it',
    {
      [MAIN]: `version = 2\nimports = ["/etc/containerd/conf.d/10.toml"]\n[${CRI}.registry]\nconfig_path = "/a"\n`,
      '/etc/containerd/conf.d/10.toml': `version = 2\n[${CRI}]\nsandbox_image = "pause"\n`,
    },
    ['/etc/containerd/conf.d/10.toml', undefined],
  ],
  [
    'an import that is no TOML',
    {
      [MAIN]: `version = 2\nimports = ["conf.d/10.toml"]\n[${CRI}.registry]\nconfig_path = "/a"\n`,
      '/etc/containerd/conf.d/10.toml': 'version = ',
    },
    [MAIN, '/a'],
  ],
  ['nothing of the plugin', { [MAIN]: 'version = 2\n' }, null],
])('%s', (_, files, expected) => {
  expect(decides(files)).toEqual(expected);
});

test('what it imports is asked for, an import that imports itself is read once', () => {
  const files = { [MAIN]: 'imports = ["config.toml", "conf.d/*.toml", "/x.toml"]\n' };
  expect(readsContainerdConfig(machine(files))).toEqual(
    expect.arrayContaining([MAIN, '/etc/containerd/conf.d', '/x.toml']),
  );
});

const OLD = `version = 2
[${CRI}.registry.mirrors."docker.io"]
  endpoint = ["https://mirror.test:5000", "https://registry-1.docker.io"]
[${CRI}.registry.mirrors."plain.test:5000"]
  endpoint = ["http://plain.test:5000"]
[${CRI}.registry.configs."mirror.test:5000".tls]
  ca_file = "/etc/ssl/mirror.crt"
[${CRI}.registry.configs."plain.test:5000".auth]
  username = "u"
  password = "p"
`;

test('the old tables become hosts.toml; credentials stay, and config_path names the folder', () => {
  const { converted, changes } = convertCri(machine({ [MAIN]: OLD }));
  expect(converted.map(({ registry }) => registry).sort()).toEqual([
    'docker.io',
    'mirror.test:5000',
    'plain.test:5000',
  ]);
  const textOf = (path: string) => {
    const content = changes.find((one) => one.path === path)?.after?.content;
    return content !== undefined && 'text' in content ? content.text : '';
  };
  const hosts = textOf('/etc/containerd/certs.d/docker.io/hosts.toml');
  expect(hosts).toContain('server = "https://registry-1.docker.io"');
  expect(hosts).toMatch(
    /\[host\."https:\/\/mirror\.test:5000"\][\s\S]*?ca = \["\/etc\/ssl\/mirror\.crt"\]/,
  );
  expect(textOf('/etc/containerd/certs.d/plain.test:5000/hosts.toml')).toContain(
    'server = "http://plain.test:5000"',
  );
  // containerd 1.7 reads the CA of a host alone.
  expect(textOf('/etc/containerd/certs.d/mirror.test:5000/hosts.toml')).toMatch(
    /\[host\."https:\/\/mirror\.test:5000"\][\s\S]*?ca = \["\/etc\/ssl\/mirror\.crt"\]/,
  );
  const config = textOf(MAIN);
  expect(config).not.toMatch(/mirrors|ca_file/);
  expect(config).toMatch(/password = "p"/);
  const after = criRegistry(machine({ [MAIN]: config }));
  expect(after?.table.config_path).toBe('/etc/containerd/certs.d');
  expect(after === null ? [] : oldRegistries(after).map(({ endpoints }) => endpoints)).toEqual([
    [],
  ]);
});

test('a hosts.toml that is there stays', () => {
  const there = '/etc/containerd/certs.d/docker.io/hosts.toml';
  const { converted, changes } = convertCri(machine({ [MAIN]: OLD, [there]: 'server = "x"\n' }));
  expect(changes.map(({ path }) => path)).not.toContain(there);
  expect(converted.find(({ registry }) => registry === 'docker.io')?.notes.join()).toContain(
    'stays',
  );
});
