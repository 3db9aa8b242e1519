import { expect, test } from '@jest/globals';
import type { Snapshot, SnapshotEntry } from '../../../../../src/core/plan/snapshot.js';
import { askedServers, hostFolder } from '../../../../../src/core/trust/hosts/asked-servers.js';

const ROOT = '/etc/docker/certs.d';
const file = (text: string): SnapshotEntry => ({
  kind: 'file',
  image: { content: { text }, mode: 0o644, uid: 0, gid: 0 },
});
const folders = (files: Readonly<Record<string, string>>): Snapshot =>
  new Map(
    Object.entries(files).flatMap(([name, text]) => [
      [`${ROOT}/${name}`, { kind: 'folder', names: ['hosts.toml'] }] as const,
      [`${ROOT}/${name}/hosts.toml`, file(text)] as const,
    ]),
  );
const urls = (text: string, registry = 'r.test:5000') =>
  askedServers(folders({ [registry]: text }), ROOT, registry)?.servers.map(({ url }) => url);

/** By containerd core/remotes/docker/config/hosts.go: its order, its default server, what makes it pass the file over. */
test.each([
  [
    'no server: the registry itself comes last',
    '[host."https://m.test"]',
    ['https://m.test', 'https://r.test:5000'],
  ],
  ['its own server', 'server = "https://o.test"', ['https://o.test']],
  [
    'a name without a scheme',
    '[host."m.test:5000"]',
    ['https://m.test:5000', 'https://r.test:5000'],
  ],
  [
    'in the order of the file',
    '[host."https://b.test"]\n[host."https://a.test"]',
    ['https://b.test', 'https://a.test', 'https://r.test:5000'],
  ],
  [
    'a capability that there is not',
    '[host."https://m.test"]\ncapabilities = ["fetch"]',
    undefined,
  ],
  ['a ca that is no path', 'ca = 5', undefined],
  ['a pair of three', 'client = [["a", "b", "c"]]', undefined],
  ['no TOML', 'server = "https', undefined],
  ['nothing', '', undefined],
])('%s', (_, text, expected) => {
  expect(urls(text)).toEqual(expected);
});

test('Docker Hub has another name as a server', () => {
  expect(urls('[host."https://m.test"]', 'docker.io')).toEqual([
    'https://m.test',
    'https://registry-1.docker.io',
  ]);
});

test.each([
  ['https://m.test', '/v2', false],
  ['https://m.test/', '/v2', false],
  ['https://m.test/v2/proxy', '/v2/proxy/v2', false],
  ['https://m.test/proxy/v2', '/proxy/v2', false],
  ['http://m.test', '/v2', true],
])('%s: its API begins at %s', (url, path, http) => {
  const [server] = askedServers(folders({ r: `[host."${url}"]` }), ROOT, 'r')?.servers ?? [];
  expect(server).toMatchObject({ path, http });
});

test('paths of certificates are those of its folder', () => {
  const text =
    '[host."https://m.test"]\nca = ["a.crt", "/b.crt"]\nclient = ["p.pem", ["c.cert", "c.key"]]';
  const [server] = askedServers(folders({ r: text }), ROOT, 'r')?.servers ?? [];
  expect(server?.ca).toEqual([`${ROOT}/r/a.crt`, '/b.crt']);
  expect(server?.client).toEqual([
    [`${ROOT}/r/p.pem`, `${ROOT}/r/p.pem`],
    [`${ROOT}/r/c.cert`, `${ROOT}/r/c.key`],
  ]);
});

test('host_port_ comes before host:port, and _default is for all that have no folder', () => {
  const seen = folders({ 'r.test_5000_': 'a = 1', 'r.test:5000': 'a = 1', _default: 'a = 1' });
  expect(hostFolder(seen, ROOT, 'r.test:5000')).toBe(`${ROOT}/r.test_5000_`);
  expect(hostFolder(seen, ROOT, 'other.test')).toBe(`${ROOT}/_default`);
});
