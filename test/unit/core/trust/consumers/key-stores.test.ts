import { describe, expect, test } from '@jest/globals';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import {
  anchorOwner,
  isAnchorOf,
} from '../../../../../src/core/trust/consumers/system/anchor-name.js';
import { java, nss } from '../../../../../src/core/trust/consumers/key-stores.js';
import type { StoreEntry, Snapshot } from '../../../../../src/core/plan/snapshot.js';

const image = (text: string) => ({ content: { text }, mode: 0o644, uid: 0, gid: 0 });
const store = (consumer: StoreEntry['consumer'], before: string, after: string): StoreEntry => ({
  kind: 'store',
  consumer,
  image: image(before),
  wanted: image(after),
});
const subject = {
  registry: parseRegistry('reg.example:5000'),
  machine: { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null },
};
const request = { ...subject, material: { ca: 'PEM', client: null, insecure: false } };

describe('java and nss', () => {
  const snapshot: Snapshot = new Map([
    ['/opt/jdk/lib/security/cacerts', store('java', 'old', 'new')],
    ['/opt/jre/lib/security/cacerts', store('java', 'same', 'same')],
    ['/etc/pki/nssdb/cert9.db', store('nss', 'old', 'new')],
  ]);

  test('exchange the stores of their own that would change, and no others', () => {
    expect(java.add(request, snapshot).changes).toEqual([
      { path: '/opt/jdk/lib/security/cacerts', before: image('old'), after: image('new') },
    ]);
    expect(nss.remove(subject, snapshot).changes.map(({ path }) => path)).toEqual([
      '/etc/pki/nssdb/cert9.db',
    ]);
  });

  test('say when a running program sees it', () => {
    expect(java.add(request, snapshot).notes).toEqual([expect.stringContaining('started again')]);
    expect(java.add(request, new Map([...snapshot].slice(1))).notes).toEqual([]);
  });

  test('refuse to be named where there is nothing of theirs, and have nothing to take back', () => {
    expect(() => java.add(request, new Map())).toThrow('--to java: no Java here');
    expect(() => nss.add(request, new Map())).toThrow('--to nss: there is no NSS database');
    expect(nss.remove(subject, new Map()).changes).toEqual([]);
  });
});

describe('the name of a CA in a shared store', () => {
  test('tells whose it is', () => {
    const name = 'dockerctl-reg.example_5000-1f2e3d4c';
    expect(anchorOwner(name)).toBe('reg.example_5000');
    expect(isAnchorOf('reg.example:5000', name)).toBe(true);
    expect(isAnchorOf('reg.example', name)).toBe(false);
    expect(anchorOwner('dockerctl-reg.example')).toBeNull();
    expect(anchorOwner('theirs')).toBeNull();
  });
});
