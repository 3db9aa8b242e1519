import { expect, test } from '@jest/globals';
import {
  criRegistry,
  oldRegistries,
} from '../../../../../../src/core/trust/consumers/containerd/containerd-config.js';
import {
  convertCri,
  readsConversion,
} from '../../../../../../src/core/trust/consumers/containerd/convert-cri.js';
import { treeOf } from '../../../../../support/doctor-facts.js';

const MAIN = '/etc/containerd/config.toml';
const CRI = 'plugins."io.containerd.grpc.v1.cri"';

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
  const { converted, changes } = convertCri(treeOf({ [MAIN]: OLD }));
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
  const after = criRegistry(treeOf({ [MAIN]: config }));
  expect(after?.table.config_path).toBe('/etc/containerd/certs.d');
  expect(after === null ? [] : oldRegistries(after).map(({ endpoints }) => endpoints)).toEqual([
    [],
  ]);
});

test('a hosts.toml that is there stays', () => {
  const there = '/etc/containerd/certs.d/docker.io/hosts.toml';
  const { converted, changes } = convertCri(treeOf({ [MAIN]: OLD, [there]: 'server = "x"\n' }));
  expect(changes.map(({ path }) => path)).not.toContain(there);
  expect(converted.find(({ registry }) => registry === 'docker.io')?.notes.join()).toContain(
    'stays',
  );
});

test('`*` stands for every registry, and what says nothing gets no file', () => {
  const text = `version = 2
[${CRI}.registry.mirrors."*"]
  endpoint = ["https://all.test"]
[${CRI}.registry.configs."quiet.test".auth]
  password = "p"
`;
  const { changes } = convertCri(treeOf({ [MAIN]: text }));
  expect(changes.map(({ path }) => path)).toEqual([
    '/etc/containerd/certs.d/_default/hosts.toml',
    MAIN,
  ]);
  expect(readsConversion(treeOf({ [MAIN]: text }))).toContain(
    '/etc/containerd/certs.d/_default/hosts.toml',
  );
});

test('nothing to convert', () => {
  expect(convertCri(treeOf({ [MAIN]: 'version = 2\n' }))).toEqual({ converted: [], changes: [] });
  expect(readsConversion(treeOf({ [MAIN]: 'version = ' }))).toEqual([]);
});
