import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  harborLiveFolder,
  harborPort,
  registryEndpoint,
  registryPair,
  registryStorage,
  toFolder,
  toHarbor,
  toRegistry,
  type Deployment,
} from '../../../../../src/core/pki/authority/deployment.js';
import { makeLeaf, makeSigner } from '../../../../support/authority.js';

const signer = await makeSigner();
const { certificate } = await makeLeaf(signer, { domains: ['reg.test', '192.0.2.1'] });
const bundle = { name: 'reg', certificate, chain: [], root: signer.certificate, key: 'KEY' };
const yaml = (text: string, path = '/srv/harbor/harbor.yml') => ({ path, text });
const textIn = ({ files }: Deployment, path: string) =>
  Buffer.from(files.find((file) => file.path === path)?.bytes ?? []).toString();
const refused = (reason: string, code = 'invalid-value') =>
  expect.objectContaining({ code, message: expect.stringContaining(reason) });

describe('to a folder', () => {
  test('a key is for its owner alone, the rest for all', () => {
    const { files } = toFolder(bundle, '/srv/tls');
    expect(files.map(({ path, isKey, mode }) => [path, isKey, mode])).toEqual([
      ['/srv/tls/reg.key', true, 0o600],
      ['/srv/tls/reg.crt', false, 0o644],
      ['/srv/tls/reg.fullchain.crt', false, 0o644],
      ['/srv/tls/ca.crt', false, 0o644],
    ]);
  });

  /** moby registry/registry.go, ReadCertsDirectory: "missing client certificate … for key". */
  test('a server’s key is kept out of certs.d, where every pull would fail on it', () => {
    for (const folder of ['/etc/docker/certs.d/reg.test:5000', 'certs.d/reg.test/'])
      expect(() => toFolder(bundle, folder)).toThrow(refused('missing client certificate'));
    expect(() => toFolder({ ...bundle, key: null }, '/etc/docker/certs.d/reg.test')).not.toThrow();
  });
});

describe('to Harbor', () => {
  const HARBOR = '# mine\nhostname: reg.test\nhttps:\n  port: 8443\ndata_volume: /data2\n';
  const TLS = '/srv/harbor/tls/reg';

  test('harbor.yml points to the pair, and keeps its comments', () => {
    const deployment = toHarbor(bundle, yaml(HARBOR), false);
    const text = textIn(deployment, '/srv/harbor/harbor.yml');
    expect(text).toMatch(/^# mine\n/);
    expect(parse(text)).toEqual({
      ...{ hostname: 'reg.test', data_volume: '/data2' },
      https: { port: 8443, certificate: `${TLS}.crt`, private_key: `${TLS}.key` },
    });
    expect(textIn(deployment, `${TLS}.key`)).toBe('KEY');
    expect(deployment.notes.join()).toContain('./prepare');
  });

  /** goharbor/harbor make/photon/prepare/utils: nginx.py copies to secret/cert, misc.py gives 10000:10000 and 0600. */
  test('live: the proxy’s own copies are exchanged, with its owner', () => {
    const { files, notes } = toHarbor(bundle, yaml(HARBOR), true);
    const live = files.filter(({ path }) => path.startsWith('/data2/secret/cert/'));
    expect(live.map(({ path, mode, owner }) => [path, mode, owner])).toEqual([
      ['/data2/secret/cert/server.key', 0o600, { uid: 10_000, gid: 10_000 }],
      ['/data2/secret/cert/server.crt', 0o600, { uid: 10_000, gid: 10_000 }],
    ]);
    expect(notes).toEqual([]);
  });

  test('what harbor.yml does not say is Harbor’s default', () => {
    expect([harborPort(yaml(HARBOR)), harborPort(yaml('hostname: a\n'))]).toEqual([8443, 443]);
    expect(harborLiveFolder(yaml('hostname: a\n'))).toBe('/data/secret/cert');
  });

  test.each([
    ['hostname: other.test\n', 'does not cover other.test'],
    ['hostname: reg.test\nexternal_url: https://ext.test:8433\n', 'does not cover ext.test'],
    ['hostname: 192.0.2.2\n', 'does not cover 192.0.2.2'],
    ['data_volume: /data\n', 'has no hostname'],
  ])('%j is refused', (text, reason) => {
    expect(() => toHarbor(bundle, yaml(text), false)).toThrow(refused(reason));
  });

  test('an address is covered by an IP name', () => {
    expect(() => toHarbor(bundle, yaml('hostname: 192.0.2.1\n'), false)).not.toThrow();
  });

  test('without the key there is nothing to deploy', () => {
    const open = { ...bundle, key: null };
    expect(() => toHarbor(open, yaml(HARBOR), false)).toThrow(
      refused('it was signed from a request', 'not-found'),
    );
  });
});

describe('to a registry', () => {
  const CONFIG = '/etc/registry/config.yml';
  const config = (text: string) => yaml(text, CONFIG);
  const owner = { uid: 1000, gid: 1000 };
  const WITH_TLS = 'http:\n  addr: :5000\n  tls:\n    certificate: /c/a.crt\n    key: /c/a.key\n';

  /** distribution/distribution configuration/configuration.go. */
  test('what its configuration says', () => {
    expect(registryPair(config(WITH_TLS))).toEqual({ certificate: '/c/a.crt', key: '/c/a.key' });
    expect(registryPair(config('http:\n  addr: :5000\n'))).toBeNull();
    expect(registryStorage(config('version: 0.1\n'))).toBe('/var/lib/registry');
    const stored = 'storage:\n  filesystem:\n    rootdirectory: /srv/images\n';
    expect(registryStorage(config(stored))).toBe('/srv/images');
  });

  test.each([
    [':5000', { host: '127.0.0.1', port: 5000 }],
    ['0.0.0.0:5000', { host: '127.0.0.1', port: 5000 }],
    ['[::]:5000', { host: '127.0.0.1', port: 5000 }],
    ['192.0.2.1:443', { host: '192.0.2.1', port: 443 }],
  ])('listens on %s: it is asked at %j', (addr, endpoint) => {
    expect(registryEndpoint(config(`http:\n  addr: "${addr}"\n`))).toEqual(endpoint);
  });

  test.each([
    ['a socket', 'http:\n  net: unix\n  addr: "/run/r.sock:1"\n'],
    ['nothing', 'version: 0.1\n'],
    ['no port', 'http:\n  addr: localhost\n'],
  ])('%s cannot be asked', (_, text) => {
    expect(registryEndpoint(config(text))).toBeNull();
  });

  test('the pair that it has is exchanged in its place', () => {
    const existing = { certificate: '/c/a.crt', key: '/c/a.key' };
    const { files } = toRegistry(bundle, config(WITH_TLS), { existing, owner });
    expect(files.map(({ path, owner: given }) => [path, given])).toEqual([
      ['/c/a.key', owner],
      ['/c/a.crt', owner],
    ]);
  });

  test('a new one is named as the registry itself sees it', () => {
    const inside = (path: string) => path.replace('/srv', '/inside');
    const machine = { existing: null, owner, folder: '/srv', inside };
    const deployment = toRegistry(bundle, config('http:\n  addr: :5000\n'), machine);
    expect(deployment.files.map(({ path }) => path)).toEqual([
      '/srv/tls/reg.key',
      '/srv/tls/reg.crt',
      CONFIG,
    ]);
    expect(parse(textIn(deployment, CONFIG))).toEqual({
      http: {
        addr: ':5000',
        tls: { certificate: '/inside/tls/reg.crt', key: '/inside/tls/reg.key' },
      },
    });
  });

  /** registry/registry.go, ListenAndServe: "cannot specify both certificate and Let's Encrypt". */
  test('one that has Let’s Encrypt is left alone', () => {
    const text = 'http:\n  tls:\n    letsencrypt:\n      cachefile: /c\n';
    expect(() => toRegistry(bundle, config(text), { existing: null, owner })).toThrow(
      refused('letsencrypt'),
    );
  });
});
