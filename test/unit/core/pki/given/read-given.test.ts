import { beforeAll, expect, test } from '@jest/globals';
import { readGivenCertificates } from '../../../../../src/core/pki/given/read-given.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, derOf, issue, type Issued } from '../../../../support/openssl.js';

let one: Issued, other: Issued;
beforeAll(() => {
  const folder = temporaryFolder();
  one = issue(folder, { cn: 'One', extensions: CA });
  other = issue(folder, { cn: 'Other', extensions: CA });
});

const read = (text: string) => readGivenCertificates(Buffer.from(text), '/srv/given.pem');
const cut = (pem: string) => {
  const body = derOf(pem).subarray(0, 100).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
};

test('in their order, a key beside them', () => {
  expect(read(other.cert + one.key + one.cert).map(({ subject }) => subject)).toEqual([
    [['CN', 'Other']],
    [['CN', 'One']],
  ]);
  expect(() => read(one.key)).toThrow('/srv/given.pem is a private key');
});

test('the one that cannot be read is named, and of several which', () => {
  expect(() => read(cut(one.cert))).toThrow('/srv/given.pem is not an X.509 certificate');
  expect(() => read(one.cert + cut(other.cert))).toThrow(
    expect.objectContaining({
      code: 'invalid-certificate',
      message: expect.stringMatching(
        /certificate 2 of 2, from line \d+\): it is cut off or damaged/,
      ),
    }),
  );
});
