import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { InspectAnswer } from '../../../../src/commands/certs/inspect.js';
import type { VerifyAnswer } from '../../../../src/commands/certs/verify.js';
import { machine, PKI, type Machine } from '../../../support/certs.js';
import { CA, issue, server, type Wish } from '../../../support/openssl.js';

const NAME = 'registry.example.com';

const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code);

const LEAF: Wish = {
  cn: 'leaf',
  extensions: [
    ...server(`DNS:${NAME}`),
    'keyUsage=critical,digitalSignature',
    'authorityKeyIdentifier=keyid',
  ],
  until: 90,
};

/** The codes of our `certs verify`, and whether `openssl verify -x509_strict` accepts the same. */
async function verdicts(
  box: Machine,
  chain: string,
  authority: string,
): Promise<readonly [string[], boolean]> {
  writeFileSync(box.at('/chain.crt'), chain);
  writeFileSync(box.at('/ca.crt'), authority);
  const strict = ['-x509_strict', '-purpose', 'sslserver', '-untrusted', box.at('/chain.crt')];
  const files = ['-CAfile', box.at('/ca.crt'), box.at('/chain.crt')];
  const { status } = spawnSync('openssl', ['verify', ...strict, ...files]);
  const ours = ['certs', 'verify', '/chain.crt', '--ca', '/ca.crt', '--host', NAME];
  const { findings } = await box.data<VerifyAnswer>(...ours);
  return [codes(findings), status === 0];
}

describe('certs verify and inspect', () => {
  test('a certificate for another host, or of another authority, is said to be so', async () => {
    const box = machine();
    await box.data('certs', 'issue', '--init', '--domain', NAME, '--out', '/o');
    const verify = (...more: string[]) =>
      box.data<VerifyAnswer>('certs', 'verify', `/o/${NAME}.crt`, ...more);
    expect(codes((await verify('--host', 'other.test')).findings)).toEqual([
      'certificate-name-mismatch',
    ]);
    await box.data('certs', 'init', '--pki', '/other');
    expect(codes((await verify('--ca', '/other/ca.crt')).findings)).toEqual([
      'certificate-unknown-authority',
    ]);
  });

  const NO_SIGNING = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,cRLSign'];
  const LAX = ['basicConstraints=CA:TRUE', 'keyUsage=critical,keyCertSign'];

  test.each([
    ['a good one', [...CA], []],
    ['no keyCertSign', NO_SIGNING, ['authority-may-not-sign']],
    ['no key usage', ['basicConstraints=critical,CA:TRUE'], ['authority-no-key-usage']],
    ['basicConstraints not critical', LAX, ['authority-constraints-not-critical']],
    ['expired', [...CA], ['certificate-expired'], { from: -9, until: -1 }],
  ])(
    'an authority with %s is judged as strictly as by openssl',
    async (_, extensions, expected, period: Pick<Wish, 'from' | 'until'> = {}) => {
      const box = machine();
      const ids = ['subjectKeyIdentifier=hash'];
      const root = { cn: 'Root', extensions: [...extensions, ...ids], ...period };
      const by = issue(box.root, root);
      const leaf = issue(box.root, { ...LEAF, by });
      expect(await verdicts(box, leaf.cert, by.cert)).toEqual([expected, expected.length === 0]);
    },
  );

  test('an authority below one that allows none is refused, as by openssl', async () => {
    const box = machine();
    const ids = ['subjectKeyIdentifier=hash', 'authorityKeyIdentifier=keyid'];
    const usage = 'keyUsage=critical,keyCertSign';
    const narrow = [
      'basicConstraints=critical,CA:TRUE,pathlen:0',
      usage,
      'subjectKeyIdentifier=hash',
    ];
    const root = issue(box.root, { cn: 'Root', extensions: narrow });
    const between = { cn: 'Between', extensions: [...CA, ...ids], by: root };
    const intermediate = issue(box.root, between);
    const leaf = issue(box.root, { ...LEAF, by: intermediate });
    const chain = `${leaf.cert}${intermediate.cert}`;
    expect(await verdicts(box, chain, root.cert)).toEqual([['certificate-path-length'], false]);
  });

  test('days are the same when it is issued and when it is looked at: 397, both ends counted in', async () => {
    const box = machine();
    const { stdout } = await box.run('certs', 'issue', '--init', '--domain', NAME);
    expect(stdout).toContain('(397 days)');
    const inspected = await box.run('certs', 'inspect', `${PKI}/certs/${NAME}.crt`);
    expect(inspected.stdout).toContain('(397 days)');
  });

  test('what the Harbor guide makes is told its faults', async () => {
    const box = machine();
    const root = issue(box.root, {
      cn: 'guide',
      extensions: ['basicConstraints=critical,CA:TRUE'],
    });
    writeFileSync(box.at('/guide.crt'), root.cert);
    const { findings } = await box.data<InspectAnswer>('certs', 'inspect', '/guide.crt');
    expect(codes(findings)).toContain('authority-no-key-usage');
  });

  test.each([
    ['garbage', 'holds no certificate, in PEM or in DER'],
    [
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      'is not an X.509 certificate: it is cut off or damaged',
    ],
  ])('of what is no certificate it is said in words why: %j', async (text, why) => {
    const box = machine();
    writeFileSync(box.at('/a.crt'), text);
    expect(await box.error('certs', 'inspect', '/a.crt')).toMatchObject({
      code: 'invalid-certificate',
      message: expect.stringMatching(new RegExp(`/a.crt ${why}\\.`)),
    });
  });

  test('neither file nor server is an error that says both', async () => {
    expect(await machine().error('certs', 'inspect', '/mistyped.crt')).toMatchObject({
      code: 'file-not-found',
    });
    const error = await machine().error('certs', 'inspect', 'no such thing');
    expect(error).toMatchObject({
      code: 'file-not-found',
      message: expect.stringContaining('no file'),
    });
  });
});
