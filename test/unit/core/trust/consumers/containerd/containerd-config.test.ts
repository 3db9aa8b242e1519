import { expect, test } from '@jest/globals';
import {
  criRegistry,
  oldRegistries,
  readsContainerdConfig,
} from '../../../../../../src/core/trust/consumers/containerd/containerd-config.js';
import { treeOf } from '../../../../../support/doctor-facts.js';

const MAIN = '/etc/containerd/config.toml';
const CRI = 'plugins."io.containerd.grpc.v1.cri"';

const decides = (files: Readonly<Record<string, string>>) => {
  const cri = criRegistry(treeOf(files));
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
  expect(readsContainerdConfig(treeOf(files))).toEqual(
    expect.arrayContaining([MAIN, '/etc/containerd/conf.d', '/x.toml']),
  );
});

/** containerd docs/cri/registry.md, before config_path. */
test('the old tables, registry by registry', () => {
  const text = `version = 2
[${CRI}.registry.mirrors."docker.io"]
  endpoint = ["https://m.test", 5]
[${CRI}.registry.configs."r.test".tls]
  ca_file = "/a.crt"
  cert_file = "/c.cert"
  key_file = "/c.key"
  insecure_skip_verify = true
[${CRI}.registry.configs."p.test".auth]
  identitytoken = "x"
`;
  const cri = criRegistry(treeOf({ [MAIN]: text }));
  const none = { endpoints: [], ca: null, client: null, skipVerify: false, hasSecret: false };
  expect(cri === null ? [] : oldRegistries(cri)).toEqual([
    { ...none, name: 'docker.io', endpoints: ['https://m.test'] },
    { ...none, name: 'r.test', ca: '/a.crt', client: ['/c.cert', '/c.key'], skipVerify: true },
    { ...none, name: 'p.test', hasSecret: true },
  ]);
});
