import { X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { scan } from '../../../src/agent/scan.js';
import { parseDeclaration } from '../../../src/core/declaration/declaration.js';
import type { Host } from '../../../src/host/host.js';
import { temporaryFolder, temporaryHost } from '../../support/node-host.js';
import { CA, derOf, issue } from '../../support/openssl.js';

const SHAKEN = { authorized: false, error: null, protocol: 'TLSv1.3', address: '192.0.2.1' };
const FETCHED = 'var/lib/dockerctl/fetched';

let ca = '';
let other = '';
let fingerprint = '';

beforeAll(() => {
  const folder = temporaryFolder();
  ca = issue(folder, { cn: 'Root', extensions: CA }).cert;
  other = issue(folder, { cn: 'Other', extensions: CA }).cert;
  fingerprint = new X509Certificate(ca).fingerprint256;
});

/** A machine that declares the CA of reg.test by its fingerprint, for containerd only. */
function machine() {
  const { host, root } = temporaryHost();
  const registry = { isUp: true, asked: 0 };
  const handshake: Host['net']['handshake'] = () => {
    registry.asked += 1;
    return registry.isUp
      ? Promise.resolve({ ...SHAKEN, chain: [derOf(ca)] })
      : Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
  };
  const text = `{ registries: { 'reg.test': { ca: { fingerprint: '${fingerprint}' }, to: ['containerd'] } } }`;
  const declaration = parseDeclaration([{ path: 'd.json5', text }]);
  const look = async () => {
    const asking = { ...host, net: { ...host.net, handshake } };
    const { drifts } = await scan(asking, declaration, { config: null });
    return drifts.map(({ finding }) => finding.code);
  };
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  return { registry, look, write, kept: () => readdirSync(join(root, FETCHED)) };
}

describe('a CA that is declared by its fingerprint', () => {
  test('is fetched once: a registry that is down later is no drift', async () => {
    const { registry, look, kept } = machine();
    const first = await look();
    expect(first).not.toContain('drift-impossible');
    expect(kept()).toEqual([`${fingerprint.replaceAll(':', '').toLowerCase()}.pem`]);
    registry.isUp = false;
    expect(await look()).toEqual(first);
    expect(registry.asked).toBe(1);
  });

  test('is fetched anew where what was kept is another', async () => {
    const { registry, look, write, kept } = machine();
    await look();
    write(join(FETCHED, kept()[0] ?? ''), other);
    await look();
    await look();
    expect(registry.asked).toBe(2);
  });

  test('that nobody has had yet is drift-impossible while the registry is down', async () => {
    const { registry, look } = machine();
    registry.isUp = false;
    expect(await look()).toEqual(['drift-impossible']);
  });
});

describe('many registries of one CA', () => {
  const COUNT = 120;

  /** As declared but for one of them, and what a look asked of the file system. */
  async function looked() {
    const { host, root } = temporaryHost();
    const names = Array.from({ length: COUNT }, (_, index) => `r${index}.test:5000`);
    mkdirSync(join(root, 'etc/dockerctl'), { recursive: true });
    writeFileSync(join(root, 'etc/dockerctl/ca.crt'), ca);
    for (const name of names.slice(1)) {
      mkdirSync(join(root, 'etc/docker/certs.d', name), { recursive: true });
      writeFileSync(join(root, 'etc/docker/certs.d', name, 'ca.crt'), ca);
    }
    const one = { ca: { file: '/etc/dockerctl/ca.crt' }, to: ['docker'] };
    const registries = Object.fromEntries(names.map((name) => [name, one]));
    const text = JSON.stringify({ registries });
    const declaration = parseDeclaration([{ path: 'd.json5', text }]);
    const asked = new Map<string, number>();
    const count = (verb: string, path: string) =>
      asked.set(`${verb} ${path}`, (asked.get(`${verb} ${path}`) ?? 0) + 1);
    let turns = 0;
    const watched: Host = {
      ...host,
      fs: {
        ...host.fs,
        read: (path, limit) => {
          count('read', path);
          return host.fs.read(path, limit);
        },
        list: (path) => {
          count('list', path);
          return host.fs.list(path);
        },
      },
      clock: {
        ...host.clock,
        sleep: (ms) => {
          turns += 1;
          return host.clock.sleep(ms);
        },
      },
    };
    const seen = await scan(watched, declaration, { config: null });
    return { ...seen, asked, turns: () => turns };
  }

  test('each file is read and each folder listed once a look, and the text is held once', async () => {
    const { asked, drifts, situation } = await looked();
    expect(drifts.map(({ finding }) => finding.subject)).toEqual(['r0.test:5000']);
    const trust = [...asked].filter(([what]) => /certs\.d|ca\.crt|replaced/.test(what));
    expect(trust.filter(([, times]) => times > 1)).toEqual([]);
    const texts = [...situation.trust.snapshot]
      .filter(([path]) => path.endsWith('/ca.crt'))
      .map(([, entry]) => (entry?.kind === 'file' ? entry.image.content : null));
    expect(texts).toHaveLength(COUNT - 1);
    expect(new Set(texts).size).toBe(1);
  });

  test('others have their turn in between', async () => {
    const { turns } = await looked();
    expect(turns()).toBeGreaterThan(COUNT / 25);
  });
});
