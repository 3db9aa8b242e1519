import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { examine } from '../../../../../src/core/doctor/families.js';
import { planFix } from '../../../../../src/core/doctor/fix.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, issue } from '../../../../support/openssl.js';

const ANCHORS = '/usr/local/share/ca-certificates';
const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const LATER = Date.now() + 20 * 365 * 24 * 60 * 60 * 1000;

let [ca, other] = ['', ''];
beforeAll(() => {
  [ca, other] = ['lab', 'distribution'].map(
    (cn) => issue(temporaryFolder(), { cn, extensions: CA }).cert,
  ) as [string, string];
});

/** A Debian whose bundle holds the distribution's own, and what is said. */
const debian = (
  files: Readonly<Record<string, string>>,
  { bundle = '', now = Date.now(), changed = 0 } = {},
): Machine => ({
  files: {
    '/etc/os-release': 'ID=debian\n',
    '/etc/ca-certificates.conf': 'own.crt\n',
    '/usr/share/ca-certificates/own.crt': other,
    [BUNDLE]: other + bundle,
    ...files,
  },
  facts: {
    now,
    changedAt: new Map([BUNDLE, ...Object.keys(files)].map((path) => [path, changed])),
  },
});
const codes = (machine: Machine) =>
  examine(doctorFacts(machine))
    .flatMap(({ findings }) => findings)
    .filter(({ path = '' }) => path.includes('ca-certificates'))
    .map(({ code }) => code);

describe('an anchor', () => {
  test('that has expired is moved to a name that no finding moves back', () => {
    const now = LATER;
    expect(codes(debian({ [`${ANCHORS}/lab.crt`]: ca }, { now }))).toEqual(['anchor-expired']);
    expect(codes(debian({ [`${ANCHORS}/lab.crt.expired`]: ca }, { now }))).toEqual([]);
    expect(codes(debian({ [`${ANCHORS}/lab.pem`]: ca }, { now }))).toEqual([]);
  });

  test('with an ending that the tool ignores is meant to count, unless it was set aside', () => {
    expect(codes(debian({ [`${ANCHORS}/lab.pem`]: ca }))).toEqual(['anchor-ending']);
    for (const ending of ['bak', 'disabled', 'unused', 'crt.old', 'crt~', 'crt.dpkg-old'])
      expect(codes(debian({ [`${ANCHORS}/lab.${ending}`]: ca }))).toEqual([]);
  });
});

describe('an anchor that Go does not read', () => {
  const hintOf = (bytes: string) => {
    const path = `${ANCHORS}/lab.crt`;
    const found = examine(doctorFacts(debian({ [path]: bytes }, { bundle: bytes })))
      .flatMap(({ findings }) => findings)
      .filter((one) => one.path === path);
    return found.map(({ code, hint }) => [code, hint.includes('trust add-ca /root/lab.crt')]);
  };

  test.each<[string, (pem: string) => string]>([
    ['a byte order mark', (pem) => `\uFEFF${pem}`],
    ['the label of OpenSSL', (pem) => pem.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')],
    ['the label of Netscape', (pem) => pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
    ['PKCS#7', (pem) => pem.replaceAll('CERTIFICATE', 'PKCS7')],
    ['indentation', (pem) => pem.replaceAll(/^/gm, '  ')],
    ['carriage returns alone', (pem) => pem.replaceAll('\n', '\r')],
    ['line ends as text', (pem) => pem.replaceAll('\n', '\\n')],
    ['headers', (pem) => pem.replace('\n', '\nProc-Type: 4\n\n')],
    ['base64 alone', (pem) => pem.replaceAll(/-----.*-----\n/g, '')],
  ])('%s', (_, wrap) => {
    expect(hintOf(wrap(ca))).toEqual([['anchor-unreadable', true]]);
  });

  test.each<[string, (pem: string) => string]>([
    ['CR LF', (pem) => pem.replaceAll('\n', '\r\n')],
    ['text before it', (pem) => `Certificate: x\n${pem}`],
    ['no last line end', (pem) => pem.trimEnd()],
  ])('and one that it reads: %s', (_, wrap) => {
    expect(hintOf(wrap(ca))).toEqual([]);
  });

  test('one in a folder is read by the tool of Debian', () => {
    const path = `${ANCHORS}/corp/lab.crt`;
    expect(codes(debian({ [path]: ca }))).toEqual(['anchor-not-compiled']);
    expect(codes(debian({ [path]: ca }, { bundle: ca }))).toEqual([]);
  });
});

describe('a bundle that was edited by hand', () => {
  const fixed = (machine: Machine) => planFix(doctorFacts(machine), ['bundle-edited']).plan;

  test('gives its certificate to a file, which is in order then', () => {
    const plan = fixed(debian({}, { bundle: ca }));
    expect(plan.refresh.map(({ argv }) => argv)).toEqual([['update-ca-certificates', '--fresh']]);
    const [change] = plan.changes;
    const name = change?.path.split('/').at(-1) ?? '';
    expect(name).toMatch(/^from-bundle-[0-9a-f]{16}\.crt$/);
    const after = debian({ [`${ANCHORS}/${name}`]: ca }, { bundle: ca, changed: LATER });
    expect(codes(after)).toEqual([]);
  });

  test('loses one that has expired', () => {
    const plan = fixed(debian({}, { bundle: ca, now: LATER }));
    expect(plan.changes).toEqual([]);
    expect(plan.refresh).toHaveLength(1);
  });
});

describe('where variables of dockerd name other certificates', () => {
  const path = `${ANCHORS}/lab.crt`;
  const found = (known: readonly string[]) => {
    const machine = debian({ [path]: ca }, { bundle: ca });
    const otherRoots = { byVariables: ['SSL_CERT_FILE=/own.pem'], known: new Set(known) };
    return codes({ ...machine, facts: { ...machine.facts, otherRoots } });
  };

  test('an anchor that is not among them is not read by it', () => {
    expect(found([])).toEqual(['store-not-read']);
    expect(found([new X509Certificate(ca).fingerprint256])).toEqual([]);
  });
});
