import { beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { FileImage, Secrets } from '../../../../../src/core/plan/plan.js';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import { docker } from '../../../../../src/core/trust/consumers/docker.js';
import { lintCertsDir } from '../../../../../src/core/trust/diagnosis/lint-certs-dir.js';
import { lintFolder } from '../../../../../src/core/trust/diagnosis/lint.js';
import { after } from '../../../../../src/core/trust/contributions/contribution.js';
import type { Material } from '../../../../../src/core/trust/contributions/consumer.js';
import type { SnapshotEntry, Snapshot } from '../../../../../src/core/plan/snapshot.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, CLIENT, derOf, issue, server, type Issued } from '../../../../support/openssl.js';

const CERTS = '/etc/docker/certs.d';
const FOLDER = `${CERTS}/reg.example:5000`;
const request = {
  registry: parseRegistry('reg.example:5000'),
  machine: { certsDir: CERTS, mirrors: [] as string[], chosen: null },
};
const nothing: Material = { ca: null, client: null, insecure: false };

const BOM = '\ufeff';

let root: Issued, other: Issued, expired: Issued, leaf: Issued, client: Issued;

beforeAll(() => {
  const folder = temporaryFolder();
  root = issue(folder, { cn: 'Root', extensions: CA });
  other = issue(folder, { cn: 'Other Root', extensions: CA });
  expired = issue(folder, { cn: 'Expired', extensions: CA, from: -9, until: -2 });
  leaf = issue(folder, { cn: 'reg', extensions: server('DNS:reg.example'), by: root });
  client = issue(folder, { cn: 'client', extensions: CLIENT, by: root });
});

const secretOf = (key: string) => ({
  secret: createHash('sha256').update(key).digest('hex'),
  size: key.length,
});

const image = (name: string, content: string | Buffer): FileImage => ({
  content: name.endsWith('.key')
    ? secretOf(content.toString())
    : typeof content === 'string'
      ? { text: content }
      : { base64: content.toString('base64') },
  mode: name.endsWith('.key') ? 0o600 : 0o644,
  uid: 0,
  gid: 0,
});

const machine = (files: Readonly<Record<string, string | Buffer>>): Snapshot =>
  after(
    new Map(),
    Object.entries(files).map(([name, content]) => ({
      path: `${FOLDER}/${name}`,
      before: null,
      after: image(name, content),
    })),
  );

describe('adding a registry to certs.d', () => {
  test('writes ca.crt', () => {
    const contribution = docker.add(
      { ...request, material: { ...nothing, ca: root.cert } },
      new Map(),
    );
    expect(contribution.changes).toEqual([
      { path: `${FOLDER}/ca.crt`, before: null, after: image('ca.crt', root.cert) },
    ]);
  });

  test('writes the client pair, the key for root alone and by name', () => {
    const material = { ...nothing, client: { cert: client.cert, key: secretOf(client.key) } };
    expect(docker.add({ ...request, material }, new Map()).changes).toEqual([
      { path: `${FOLDER}/client.cert`, before: null, after: image('client.cert', client.cert) },
      { path: `${FOLDER}/client.key`, before: null, after: image('client.key', client.key) },
    ]);
  });

  test('changes nothing where the CA is trusted already, whatever its file is called', () => {
    const snapshot = machine({ 'domain.crt': `# ours\n${other.cert}${root.cert}` });
    const contribution = docker.add(
      { ...request, material: { ...nothing, ca: root.cert } },
      snapshot,
    );
    expect(contribution.changes).toEqual([]);
  });

  test('writes a CA anew that dockerd does not see', () => {
    const snapshot = machine({ 'ca.crt': BOM + root.cert });
    const contribution = docker.add(
      { ...request, material: { ...nothing, ca: root.cert } },
      snapshot,
    );
    expect(contribution.changes.map(({ after: now }) => now)).toEqual([image('ca.crt', root.cert)]);
  });

  test('gives a mirror’s CA to the reader that looks under docker.io too, and takes it away again', () => {
    const mirror = { ...request, machine: { ...request.machine, mirrors: ['reg.example:5000'] } };
    const { changes } = docker.add(
      { ...mirror, material: { ...nothing, ca: root.cert } },
      new Map(),
    );
    const paths = [`${FOLDER}/ca.crt`, `${CERTS}/docker.io/reg.example:5000.crt`];
    expect(changes.map(({ path }) => path)).toEqual(paths);
    const removed = docker.remove(mirror, after(new Map(), changes)).changes;
    expect(removed.map(({ path, after: now }) => [path, now])).toEqual(
      paths.map((path) => [path, null]),
    );
  });

  test('replaces another CA and says which', () => {
    const snapshot = machine({ 'ca.crt': other.cert });
    const contribution = docker.add(
      { ...request, material: { ...nothing, ca: root.cert } },
      snapshot,
    );
    expect(contribution.changes).toEqual([
      {
        path: `${FOLDER}/ca.crt`,
        before: image('ca.crt', other.cert),
        after: image('ca.crt', root.cert),
      },
    ]);
    expect(contribution.notes.join()).toMatch(/no longer holds CN=Other Root/);
  });

  test.each<[string, () => Readonly<Record<string, string>>, RegExp]>([
    [
      'the recipe with the .cert alone',
      () => ({ 'reg.cert': leaf.cert }),
      /reg\.cert: .*recipe.*CA alone, as ca\.crt/,
    ],
    [
      'a key without certificate',
      () => ({ 'reg.key': leaf.key }),
      /reg\.key: .*finds no reg\.cert/,
    ],
    ['garbage in a .crt', () => ({ 'x.crt': 'garbage' }), /x\.crt: .*no certificate in PEM/],
  ])('refuses to add beside %s, which breaks every pull', (_, files, message) => {
    expect(() =>
      docker.add({ ...request, material: { ...nothing, ca: root.cert } }, machine(files())),
    ).toThrow(message);
  });
});

describe('removing a registry from certs.d', () => {
  test('gives back an empty machine', () => {
    const material = {
      ...nothing,
      ca: root.cert,
      client: { cert: client.cert, key: secretOf(client.key) },
    };
    const added = docker.add({ ...request, material }, new Map());
    const removed = docker.remove(request, after(new Map(), added.changes));
    expect(removed.changes.map(({ path, after: now }) => [path, now])).toEqual([
      [`${FOLDER}/ca.crt`, null],
      [`${FOLDER}/client.cert`, null],
      [`${FOLDER}/client.key`, null],
    ]);
    expect(removed.prune).toEqual([FOLDER, `${CERTS}/docker.io`, CERTS, '/etc/docker']);
  });

  test('leaves what is no certificate, and says so', () => {
    const removed = docker.remove(request, machine({ 'ca.crt': root.cert, README: 'mine' }));
    expect(removed.changes).toHaveLength(1);
    expect(removed.notes.join()).toMatch(/README is no certificate and stays/);
  });

  test('does nothing where there is nothing', () => {
    expect(docker.remove(request, new Map()).changes).toEqual([]);
  });
});

describe('lintFolder', () => {
  const lint = (files: Readonly<Record<string, string | Buffer>>) => {
    const secrets: Secrets = new Map(
      Object.values(files).map((text) => [secretOf(text.toString()).secret, Buffer.from(text)]),
    );
    const place = { registry: 'reg.example:5000', folder: FOLDER, secrets, now: Date.now() };
    return lintFolder(machine(files), place).map(({ code, severity }) => `${severity} ${code}`);
  };

  test.each<[string, () => Readonly<Record<string, string | Buffer>>, string[]]>([
    ['nothing', () => ({}), []],
    ['a CA', () => ({ 'ca.crt': root.cert }), []],
    [
      'a CA and a pair',
      () => ({ 'ca.crt': root.cert, 'client.cert': client.cert, 'client.key': client.key }),
      [],
    ],
    ['a DER', () => ({ 'ca.crt': derOf(root.cert) }), ['error trust-ca-unreadable']],
    ['garbage', () => ({ 'ca.crt': 'x' }), ['error trust-ca-unreadable']],
    ['a CA behind a BOM', () => ({ 'ca.crt': BOM + root.cert }), ['error trust-ca-unreadable']],
    [
      'a CA under another label',
      () => ({ 'ca.crt': root.cert.replaceAll(' CERT', ' TRUSTED CERT') }),
      ['error trust-ca-unreadable'],
    ],
    [
      'two CAs, the first behind a BOM',
      () => ({ 'ca.crt': BOM + other.cert + root.cert }),
      ['warning trust-ca-unreadable'],
    ],
    ['a CA with its key', () => ({ 'ca.crt': root.key + root.cert }), ['warning trust-key-inside']],
    [
      'a CA with its key behind a BOM',
      () => ({ 'ca.crt': BOM + root.cert + root.key }),
      ['error trust-ca-unreadable', 'warning trust-key-inside'],
    ],
    [
      'a client certificate with its key in it and beside it',
      () => ({ 'c.cert': client.cert + client.key, 'c.key': client.key }),
      ['warning trust-key-inside'],
    ],
    [
      'a client certificate behind a BOM',
      () => ({ 'c.cert': BOM + client.cert, 'c.key': client.key }),
      ['error trust-client-unreadable'],
    ],
    ['a leaf as CA', () => ({ 'ca.crt': leaf.cert }), ['warning trust-ca-is-leaf']],
    ['an expired CA', () => ({ 'ca.crt': expired.cert }), ['error trust-ca-expired']],
    [
      'an expired CA beside a good one',
      () => ({ 'ca.crt': expired.cert + root.cert }),
      ['warning trust-ca-expired'],
    ],
    ['a CA named .cert', () => ({ 'ca.cert': root.cert }), ['error trust-cert-without-key']],
    ['a .cert without key', () => ({ 'reg.cert': leaf.cert }), ['error trust-cert-without-key']],
    ['a key without .cert', () => ({ 'reg.key': leaf.key }), ['error trust-key-without-cert']],
    [
      'the server’s own pair',
      () => ({ 'reg.cert': leaf.cert, 'reg.key': leaf.key }),
      ['warning trust-server-key'],
    ],
    [
      'two halves of two pairs',
      () => ({ 'c.cert': client.cert, 'c.key': root.key }),
      ['error trust-pair-mismatch'],
    ],
    [
      'garbage for a client',
      () => ({ 'c.cert': 'x', 'c.key': root.key }),
      ['error trust-client-unreadable'],
    ],
    ['a .pem', () => ({ 'ca.pem': root.cert }), ['warning trust-file-ignored']],
    ['a hosts.toml that is empty', () => ({ 'hosts.toml': '' }), []],
    [
      'a hosts.toml beside a CA that it does not name',
      () => ({ 'hosts.toml': 'server = "a"', 'ca.crt': root.cert }),
      ['info trust-hosts-toml'],
    ],
    [
      'a hosts.toml that names the CA beside it',
      () => ({ 'hosts.toml': 'ca = "ca.crt"', 'ca.crt': root.cert }),
      [],
    ],
    ['notes', () => ({ README: 'x', '.ca.crt.swp': 'x' }), []],
  ])('judges %s', (_, files, findings) => {
    expect(lint(files())).toEqual(findings);
  });

  test('says why Go does not see a CA', () => {
    const why = (text: string) =>
      lintFolder(machine({ 'ca.crt': text }), { registry: 'reg.example:5000', folder: FOLDER })[0];
    expect(why(BOM + root.cert)).toMatchObject({
      message: expect.stringContaining('a byte order mark'),
      hint: 'dockerctl doctor --fix trust-ca-unreadable',
    });
    expect(why(root.cert.replaceAll(' CERT', ' X509 CERT'))?.message).toContain('X509 CERTIFICATE');
    expect(why(` ${root.cert}`)?.message).toContain('must begin their lines');
  });

  test('sees a key that others can read', () => {
    const snapshot = new Map(machine({ 'c.cert': client.cert, 'c.key': client.key }));
    snapshot.set(`${FOLDER}/c.key`, {
      kind: 'file',
      image: { ...image('c.key', client.key), mode: 0o644 },
    });
    const findings = lintFolder(snapshot, { registry: 'reg.example:5000', folder: FOLDER });
    expect(findings.map(({ code, hint }) => [code, hint])).toEqual([
      ['trust-key-readable', `chmod 600 ${FOLDER}/c.key`],
    ]);
  });

  test('sees a file in the place of the folder', () => {
    const snapshot: Snapshot = new Map([[FOLDER, { kind: 'file', image: image('x', root.cert) }]]);
    const findings = lintFolder(snapshot, { registry: 'reg.example:5000', folder: FOLDER });
    expect(findings.map(({ code }) => code)).toEqual(['trust-not-a-folder']);
  });

  test.each(['sub.crt', 'sub.cert', 'sub.key'])('sees a folder called %s', (name) => {
    const snapshot: Snapshot = new Map([
      ...machine({ 'ca.crt': root.cert }),
      [FOLDER, { kind: 'folder', names: ['ca.crt', 'old', name] }],
      [`${FOLDER}/old`, { kind: 'folder', names: [] }],
      [`${FOLDER}/${name}`, { kind: 'folder', names: [] }],
    ]);
    const findings = lintFolder(snapshot, { registry: 'reg.example:5000', folder: FOLDER });
    expect(findings.map(({ code, severity, path }) => [code, severity, path])).toEqual([
      ['trust-not-a-file', 'error', `${FOLDER}/${name}`],
    ]);
  });
});

describe('lintCertsDir', () => {
  const lint = (names: readonly string[], entry: SnapshotEntry | null) =>
    lintCertsDir(
      new Map<string, SnapshotEntry | null>([
        ['/etc/docker', { kind: 'folder', names }],
        [CERTS, entry],
      ]),
      CERTS,
      'certs.d',
    ).map(({ code, severity, hint }) => [severity, code, hint]);

  test('has nothing to say of a folder, and of none', () => {
    expect(lint(['certs.d'], { kind: 'folder', names: [] })).toEqual([]);
    expect(lint([], null)).toEqual([]);
  });

  test('sees a file, and a link to nowhere', () => {
    expect(lint(['certs.d'], { kind: 'file', image: image('x', '') })).toEqual([
      ['error', 'trust-not-a-folder', `mv -n ${CERTS} ${CERTS}.unused`],
    ]);
    expect(lint(['certs.d'], null)).toEqual([['warning', 'trust-not-a-folder', `rm ${CERTS}`]]);
  });
});
