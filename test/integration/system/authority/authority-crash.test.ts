import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Host } from '../../../../src/host/host.js';
import {
  beginAuthority,
  emptyAuthority,
} from '../../../../src/system/authority/authority-begin.js';
import { readBundle } from '../../../../src/system/authority/authority-bundle.js';
import { createAuthority } from '../../../../src/system/authority/authority-create.js';
import {
  prepareAuthority,
  type InitOrder,
} from '../../../../src/system/authority/authority-init.js';
import {
  prepareCertificates,
  storeCertificates,
  type IssueRequest,
} from '../../../../src/system/authority/authority-issue.js';
import {
  hasAuthority,
  openAuthority,
  withAuthorityLock,
} from '../../../../src/system/authority/authority.js';
import { failingAt, faultyHost, killedAt } from '../../../support/faulty-host.js';
import { realHost, temporaryFolder } from '../../../support/node-host.js';

const PKI = '/var/lib/pki';
const ORDER: InitOrder = {
  subject: [['CN', 'Test Root']],
  keyType: 'ecdsa-p256',
  days: 100,
  intermediateDays: null,
  constraints: null,
  passphrase: null,
  crlUrl: null,
};
const request = (domain: string): IssueRequest => ({
  name: 'a.test',
  key: 'ecdsa-p256',
  order: {
    names: [{ kind: 'dns', value: domain }],
    subject: [],
    usages: ['server'],
    days: 10,
    explicitDays: false,
  },
});

/** Keys and certificates, in memory. */
async function prepare(host: Host) {
  const fresh = await prepareAuthority(host, ORDER);
  const issued = await prepareCertificates(host, fresh.signer, [request('a.test')]);
  return { ...fresh, issued, authority: emptyAuthority(PKI, fresh) };
}

/** The names of the certificate in force, which must fit its key, its authority and the index. */
function namesInForce(host: Host): readonly string[] {
  const authority = openAuthority(host, PKI);
  const current = authority.entries.filter(({ place }) => place === 'current');
  expect(current).toHaveLength(1);
  const [entry] = current.map((one) => ({ one, bundle: readBundle(host, authority, one) }));
  const certificate = new X509Certificate(entry?.bundle.certificate.der ?? '');
  expect(certificate.checkPrivateKey(createPrivateKey(entry?.bundle.key ?? ''))).toBe(true);
  expect(certificate.verify(authority.issuer.publicKey)).toBe(true);
  expect(entry?.one.fingerprint).toBe(entry?.bundle.certificate.fingerprint);
  return entry?.one.names ?? [];
}

/** A machine of its own, and what is done on it. */
interface Scene {
  readonly host: Host;
  readonly act: (host: Host) => Promise<unknown>;
}

/** Sets the scene anew for each call of the file system that its act makes; answers how many there are. */
async function atEveryCall(
  arrange: () => Promise<Scene>,
  hurt: (scene: Scene, at: number) => Promise<void>,
): Promise<number> {
  const { host, act } = await arrange();
  const counted = faultyHost(host, () => undefined);
  await act(counted.host);
  for (let at = 0; at < counted.calls(); at += 1) await hurt(await arrange(), at);
  return counted.calls();
}

describe('an authority that is made on the way', () => {
  const arrange = async (): Promise<Scene> => {
    const host = realHost(temporaryFolder());
    const beginning = await prepare(host);
    return { host, act: (acting) => beginAuthority(acting, beginning, 0) };
  };

  test('killed at any call is there with its certificate, or is made by the next command', async () => {
    const calls = await atEveryCall(arrange, async ({ host, act }, at) => {
      await act(faultyHost(host, killedAt(at)).host).catch(() => undefined);
      if (!hasAuthority(host, PKI)) expect(await act(host)).toBe(true);
      expect(namesInForce(host)).toEqual(['dns:a.test']);
      expect(host.fs.list('/var/lib')).toEqual(['pki']);
    });
    expect(calls).toBeGreaterThan(15);
  });

  test('leaves nothing of one that died, keys least of all, and lets one alone that is being made', async () => {
    const { host, act } = await arrange();
    const [dead, alive] = ['/var/lib/pki.4194305-0a.new', '/var/lib/pki.1-0b.new'];
    for (const draft of ['/var', '/var/lib', dead, alive]) host.fs.makeFolder(draft, 0o700);
    await act(host);
    expect(host.fs.list('/var/lib')).toEqual(['pki', 'pki.1-0b.new']);
    host.fs.makeFolder(dead, 0o700);
    await withAuthorityLock(host, { folder: PKI, waitMs: 0 }, () => undefined);
    expect(host.fs.list('/var/lib')).toEqual(['pki', 'pki.1-0b.new']);
  });

  test('on a disk that is full is not there at all, at whatever file that shows', async () => {
    for (let at = 0; at < 5; at += 1) {
      const { host, act } = await arrange();
      let created = 0;
      const { host: full } = faultyHost(host, ({ name }) => {
        if (name === 'create') created += 1;
        const error = Object.assign(new Error('full'), { code: 'ENOSPC' });
        return name === 'create' && created > at ? error : undefined;
      });
      await expect(act(full)).rejects.toMatchObject({ code: 'file-not-writable' });
      expect(host.fs.list('/var/lib')).toEqual([]);
    }
  });

  test('is made in spite of a call that fails, or by the next command; nothing is left beside it', async () => {
    await atEveryCall(arrange, async ({ host, act }, at) => {
      await act(faultyHost(host, failingAt(at, 'EIO')).host).catch(() => undefined);
      if (!hasAuthority(host, PKI)) expect(await act(host)).toBe(true);
      expect(namesInForce(host)).toEqual(['dns:a.test']);
      expect(host.fs.list('/var/lib')).toEqual(['pki']);
    });
  });
});

describe('a certificate that replaces another', () => {
  const arrange = async (): Promise<Scene> => {
    const host = realHost(temporaryFolder());
    const beginning = await prepare(host);
    await beginAuthority(host, beginning, 0);
    const issued = await prepareCertificates(host, beginning.signer, [request('b.test')]);
    const storing = { folder: PKI, waitMs: 0, replace: true, issuer: beginning.authority.issuer };
    return { host, act: (acting) => storeCertificates(acting, issued, storing) };
  };

  test('killed at any call is there whole or not at all, with its key, its index and what it replaced', async () => {
    const calls = await atEveryCall(arrange, async ({ host, act }, at) => {
      await act(faultyHost(host, killedAt(at)).host).catch(() => undefined);
      // The next command that takes the lock finishes what was begun.
      await withAuthorityLock(host, { folder: PKI, waitMs: 0 }, () => undefined);
      const names = namesInForce(host);
      const { entries } = openAuthority(host, PKI);
      const old = entries.filter(({ place }) => place === 'superseded');
      const isNew = names[0] === 'dns:b.test';
      expect(names).toEqual(isNew ? ['dns:b.test'] : ['dns:a.test']);
      if (isNew) expect(old.map((one) => one.names)).toEqual([['dns:a.test']]);
    });
    expect(calls).toBeGreaterThan(20);
  });
});

describe('an authority that replaces another', () => {
  const OUT = '/root.key';
  const arrange = async (): Promise<Scene> => {
    const host = realHost(temporaryFolder());
    await beginAuthority(host, await prepare(host), 0);
    const { material } = await prepareAuthority(host, { ...ORDER, intermediateDays: 50 });
    const placing = { folder: PKI, waitMs: 0, force: true, rootKeyOut: OUT };
    return { host, act: (acting) => createAuthority(acting, material, placing) };
  };

  test('leaves the old one in force wherever a full disk shows, and nothing else', async () => {
    await atEveryCall(arrange, async ({ host, act }, at) => {
      const { root } = openAuthority(host, PKI);
      await act(faultyHost(host, failingAt(at, 'ENOSPC')).host).catch(() => undefined);
      const after = openAuthority(host, PKI);
      if (after.root.fingerprint === root.fingerprint) {
        expect(namesInForce(host)).toEqual(['dns:a.test']);
        expect(host.fs.stat(OUT)).toBeNull();
      } else {
        expect(after.entries).toEqual([]);
        expect(host.fs.stat(OUT)).not.toBeNull();
      }
      expect(host.fs.list(PKI).filter((name) => name.endsWith('.new'))).toEqual([]);
    });
  });
});
