import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { temporaryFolder } from '../../../support/node-host.js';
import { CA, derOf, issue, server, type Issued } from '../../../support/openssl.js';
import { dockerctl } from '../../../support/program.js';
import { serveHttp, serveTcp, serveTls } from '../../../support/registry-server.js';

const NAMES = server('DNS:localhost');
let authority: Issued, middle: Issued, leaf: Issued, lone: Issued;
let root: string;

beforeAll(() => {
  const folder = temporaryFolder();
  authority = issue(folder, { cn: 'Root', extensions: CA });
  middle = issue(folder, { cn: 'Middle', extensions: CA, by: authority });
  leaf = issue(folder, { cn: 'reg', extensions: NAMES, by: middle });
  lone = issue(folder, { cn: 'lone', extensions: NAMES });
});

beforeEach(() => {
  root = temporaryFolder();
});

const sha256 = ({ cert }: Issued): string => new X509Certificate(cert).fingerprint256;
const serve = ({ key, cert }: Issued, ...above: readonly Issued[]): Promise<number> =>
  serveTls({ key, cert: cert + above.map((one) => one.cert).join('') });
const fetch = (port: number, ...argv: string[]) =>
  dockerctl('trust', 'add-registry', `localhost:${port}`, '--fetch', '--root', root, ...argv);
const installed = (port: number): string =>
  readFileSync(join(root, `etc/docker/certs.d/localhost:${port}/ca.crt`), 'utf8');
const untouched = (): boolean => readdirSync(root).length === 0;

describe('trust add-registry --fetch', () => {
  test('takes the authority that has the fingerprint, from the chain that is served', async () => {
    const port = await serve(leaf, middle, authority);
    const { status, stderr } = await fetch(port, '--fingerprint', sha256(authority));
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(installed(port)).toBe(authority.cert);
  });

  test.each([
    ['in lower case without colons', (text: string) => text.replaceAll(':', '').toLowerCase()],
    ['as openssl prints it', (text: string) => `sha256 Fingerprint=${text}`],
    ['with the name of its digest', (text: string) => `SHA256:${text}`],
  ])('takes a fingerprint %s', async (_, write) => {
    const port = await serve(leaf, middle, authority);
    const { status } = await fetch(port, '--fingerprint', write(sha256(middle)));
    expect(status).toBe(0);
    expect(installed(port)).toBe(middle.cert);
  });

  test('completes a chain of one by the address in the certificate', async () => {
    const issuers = await serveHttp((_, response) => response.end(derOf(middle.cert)));
    const access = `authorityInfoAccess=caIssuers;URI:http://127.0.0.1:${issuers}/m.der`;
    const extensions = [...NAMES, access];
    const port = await serve(issue(temporaryFolder(), { cn: 'reg', extensions, by: middle }));
    expect((await fetch(port, '--fingerprint', sha256(middle))).status).toBe(0);
    expect(installed(port)).toBe(middle.cert);
  });

  test.each([[[]], [['--yes']]])(
    'without a terminal needs the fingerprint, and shows what to compare (%j)',
    async (options) => {
      const port = await serve(leaf, middle, authority);
      const { status, stderr } = await fetch(port, ...options);
      for (const one of [leaf, middle, authority]) expect(stderr).toContain(sha256(one));
      expect(stderr).toMatch(/0 CN=reg\n +issued by CN=Middle, valid \d{4}-\S+ to \d{4}-/);
      expect(stderr).toMatch(/CN=Root \(authority\)/);
      expect(stderr).toMatch(
        new RegExp(
          `^Try: .*add-registry localhost:${port} --fetch --fingerprint ${sha256(authority)}`,
          'm',
        ),
      );
      expect(status).toBe(2);
      expect(untouched()).toBe(true);
    },
  );

  test('with another fingerprint shows both', async () => {
    const port = await serve(leaf, middle, authority);
    const { status, stderr } = await fetch(port, '--fingerprint', sha256(lone));
    expect(stderr).toContain(sha256(lone));
    expect(stderr).toContain(sha256(authority));
    expect(status).toBe(3);
    expect(untouched()).toBe(true);
  });

  test.each<[string, () => Issued[], RegExp]>([
    ['alone', () => [leaf], /only its own certificate \(CN=reg\), .*authority CN=Middle/],
    ['with its authority', () => [leaf, middle], /no certificate authority: CN=reg .*by CN=Middle/],
    [
      'that signed itself',
      () => [lone],
      /only its own certificate \(CN=lone\), which signed itself/,
    ],
  ])(
    'never takes the server’s own certificate, though it is named: %s',
    async (...[, shown, message]) => {
      const [own = leaf, ...above] = shown();
      const port = await serve(own, ...above);
      const { status, stderr } = await fetch(port, '--fingerprint', sha256(own));
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(/^Try: /m);
      expect(status).toBe(3);
      expect(untouched()).toBe(true);
    },
  );

  test.each<[string, () => Promise<number>, RegExp]>([
    ['never answers', () => serveTcp(() => undefined), /no answer from port \d+ in time/],
    ['sends garbage', () => serveTcp((one) => one.end('SSH-2.0\r\n')), /speaks neither TLS nor/],
    ['hangs up', () => serveTcp((one) => one.destroy()), /was closed in the middle/],
    ['speaks http', () => serveHttp(), /shows no certificate/],
  ])('ends in time, and leaves nothing, where the server %s', async (_, start, message) => {
    const port = await start();
    const { status, stderr } = await fetch(port, '--timeout', '1');
    expect(stderr).toMatch(message);
    expect(status).toBe(8);
    expect(untouched()).toBe(true);
  });

  test('refuses what cannot be a fingerprint before it asks anybody', async () => {
    const { status, stderr } = await fetch(1, '--fingerprint', 'AB:CD');
    expect(stderr).toMatch(/has 64 hexadecimal digits/);
    expect(status).toBe(3);
    expect(existsSync(join(root, 'etc'))).toBe(false);
  });
});
