import { createHash, generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { parsePermit } from '../../../src/core/pki/x509/constraints.js';
import { buildCrl, readCrl } from '../../../src/core/pki/x509/crl.js';
import { readSigningRequest } from '../../../src/core/pki/x509/csr.js';
import {
  bits,
  sequence,
  setOf,
  octets,
  tagged,
  oid,
  integer,
} from '../../../src/core/pki/asn1/der-writer.js';
import {
  issueLeaf,
  issueRoot,
  issuerFrom,
  privateKey,
  type Signer,
} from '../../../src/core/pki/authority/issue.js';
import { judge } from '../../../src/core/pki/authority/judgement.js';
import type { KeyPair } from '../../../src/core/pki/keys/key-type.js';
import { parseNames } from '../../../src/core/pki/x509/names.js';
import { OID } from '../../../src/core/pki/asn1/oid.js';
import { toPem } from '../../../src/core/pki/keys/pem.js';
import { readPrivateKey, writePrivateKey } from '../../../src/core/pki/keys/private-key.js';
import { readGivenCertificates } from '../../../src/core/pki/given/read-given.js';
import {
  readCertificate,
  readStoredCertificates,
} from '../../../src/core/pki/x509/read-certificate.js';
import { encodeScheme, schemeFor, signBytes } from '../../../src/core/pki/x509/signature.js';
import { encodeSubject, parseSubject } from '../../../src/core/pki/x509/subject.js';
import { chainFindings } from '../../../src/core/pki/authority/docker-findings.js';
import { readAuthorities } from '../../../src/core/trust/material/authorities.js';
import { readClientPair } from '../../../src/core/trust/material/client-pair.js';
import {
  describeChain,
  issuerAddresses,
  pickAuthority,
} from '../../../src/core/trust/diagnosis/fetched.js';
import { readCertificates } from '../../../src/core/trust/material/certificates.js';
import { NO_TRUST } from '../../../src/core/trust/contributions/consumer-trust.js';
import { listTrusted } from '../../../src/core/trust/consumers/listing.js';
import { readRoots } from '../../../src/core/trust/diagnosis/roots.js';
import { renderView, viewOf } from '../../../src/commands/text/certificate-text.js';
import { createStyle } from '../../../src/cli/style.js';
import type { Streams } from '../../../src/cli/output.js';
import {
  passphraseFromDescriptor,
  passphraseFromFile,
} from '../../../src/system/files/passphrase.js';
import type { Target } from '../fuzz.js';
import { hostOfFile } from '../hosts.js';

const NOW = Date.UTC(2026, 10, 21, 12);
const STYLE = createStyle({ stdout: {}, env: {} } as unknown as Streams, false);
const WORDS = [
  '-----BEGIN CERTIFICATE-----\n',
  '-----END CERTIFICATE-----\n',
  '-----BEGIN PRIVATE KEY-----\n',
  '-----BEGIN ENCRYPTED PRIVATE KEY-----\n',
  'Proc-Type: 4,ENCRYPTED\n',
  '\x30\x80',
  '\x30\x84\xff\xff\xff\xff',
  '\xa3\x82',
  '\x06\x03\x55\x1d\x11',
  '\x17\x0d991332256199Z',
  '\x18\x0f99999999999999Z',
];

const derOf = ({ publicKey, privateKey: key }: KeyPairKeyObjectResult): KeyPair => ({
  spki: publicKey.export({ type: 'spki', format: 'der' }),
  pkcs8: key.export({ type: 'pkcs8', format: 'der' }),
});
const ecPair = (): KeyPair => derOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const entropy = (name: string): Uint8Array =>
  createHash('sha256').update(name).digest().subarray(0, 16);

const rootPair = ecPair();
const root = issueRoot(
  {
    subject: parseSubject('CN=Fuzz Root, O=示例公司, C=DE'),
    now: NOW,
    days: 3650,
    pathLength: 1,
    constraints: parsePermit(['example.com', '10.0.0.0/8']),
  },
  { spki: rootPair.spki, key: privateKey(rootPair.pkcs8) },
  entropy('root'),
).der;
const signer: Signer = {
  certificate: readCertificate(root, 'root'),
  key: privateKey(rootPair.pkcs8),
  constraints: [],
  crlUrl: 'http://crl.example.com/a.crl',
};
const leafPair = ecPair();
const leaf = issueLeaf(
  {
    names: parseNames({
      domains: ['registry.example.com', '*.example.com', '192.0.2.1', '2001:db8::1'],
      ips: [],
      emails: ['a@example.com'],
      uris: ['spiffe://example.com/a'],
    }).names,
    subject: [['CN', 'registry.example.com']],
    usages: ['server', 'client'],
    now: NOW,
    days: 397,
    explicitDays: false,
    spki: leafPair.spki,
  },
  signer,
  entropy('leaf'),
).der;
const crl = buildCrl(
  {
    number: 3,
    thisUpdate: NOW,
    nextUpdate: NOW + 1e9,
    revoked: [
      { serial: '4f2a', at: NOW, reason: 'key-compromise' },
      { serial: '01', at: NOW, reason: 'unspecified' },
    ],
  },
  issuerFrom(signer),
);

/** A request whose signature is good whatever its attributes are. */
function request(extensions: Uint8Array): Buffer {
  const { spki, pkcs8 } = leafPair;
  const key = privateKey(pkcs8);
  const attributes = sequence(
    oid(OID.extensionRequest),
    setOf(sequence(sequence(oid(OID.subjectAltName), octets(extensions)))),
  );
  const info = sequence(
    integer(0),
    encodeSubject([['CN', 'a.example.com']]),
    spki,
    tagged(0, attributes),
  );
  const scheme = schemeFor(key);
  return sequence(info, encodeScheme(scheme), bits(signBytes(info, key, scheme)));
}

const NAMES = Buffer.from('3012820d612e6578616d706c652e636f6d8701ff', 'hex');
const csr = request(NAMES);

const pem = (label: string, der: Uint8Array): Buffer => Buffer.from(toPem(label, der));
const CERTIFICATES = [leaf, root];
export const CERTIFICATE_FILES = [
  pem('CERTIFICATE', leaf),
  Buffer.concat([pem('CERTIFICATE', leaf), Buffer.from('\n# root\n'), pem('CERTIFICATE', root)]),
  pem('TRUSTED CERTIFICATE', root),
  Buffer.from(root),
];
const salts = { salt: Buffer.alloc(16, 1), iv: Buffer.alloc(16, 2) };
export const KEY_FILES = [
  pem('PRIVATE KEY', leafPair.pkcs8),
  pem('PRIVATE KEY', derOf(generateKeyPairSync('rsa', { modulusLength: 2048 })).pkcs8),
  pem('PRIVATE KEY', derOf(generateKeyPairSync('ed25519')).pkcs8),
  Buffer.from(leafPair.pkcs8),
  Buffer.from(privateKey(leafPair.pkcs8).export({ type: 'sec1', format: 'pem' })),
  Buffer.from(writePrivateKey(leafPair.pkcs8, { ...salts, passphrase: 'secret' })),
];

function inspect(bytes: Uint8Array): void {
  const certificates = readGivenCertificates(bytes, 'ca.crt');
  for (const certificate of certificates) {
    judge(certificate, { subject: 'ca.crt', now: NOW });
    renderView(viewOf(certificate), STYLE);
  }
  const [first] = certificates;
  if (first !== undefined)
    chainFindings({
      leaf: first,
      others: certificates.slice(1),
      anchors: [signer.certificate],
      host: 'registry.example.com',
      now: NOW,
      subject: 'ca.crt',
    });
}

function trust(bytes: Uint8Array): void {
  const chain = readCertificates(bytes, 'ca.crt');
  describeChain(chain);
  for (const one of chain) issuerAddresses(one);
  listTrusted([{ ...NO_TRUST, consumer: 'docker', registry: 'a:5000', ca: [bytes] }], []);
  readRoots([Buffer.from(bytes).toString('latin1')]);
  readAuthorities({ name: 'ca.crt', bytes }, NOW);
  pickAuthority(chain, 'a:5000');
}

export const PKI_TARGETS: readonly Target[] = [
  { name: 'certificate DER', seeds: CERTIFICATES, words: WORDS, read: inspect },
  {
    name: 'stored certificate',
    seeds: CERTIFICATE_FILES,
    words: WORDS,
    read: (bytes) => void readStoredCertificates(bytes, 'ca.crt'),
  },
  { name: 'certificate PEM', seeds: CERTIFICATE_FILES, words: WORDS, read: inspect },
  { name: 'trusted DER', seeds: CERTIFICATES, words: WORDS, read: trust },
  { name: 'trusted PEM', seeds: CERTIFICATE_FILES, words: WORDS, read: trust },
  {
    name: 'private key',
    slow: true,
    seeds: KEY_FILES.slice(0, 5),
    words: WORDS,
    secret: true,
    read: (bytes) => readPrivateKey({ path: 'a.key', bytes, passphrase: null }),
  },
  {
    name: 'client pair',
    slow: true,
    seeds: KEY_FILES,
    words: WORDS,
    secret: true,
    read: (bytes) =>
      readClientPair(
        {
          cert: { name: 'a.crt', bytes: pem('CERTIFICATE', leaf) },
          key: { name: 'a.key', bytes },
        },
        { host: 'registry.example.com', now: NOW },
      ),
  },
  {
    name: 'signing request',
    seeds: [csr, pem('CERTIFICATE REQUEST', csr)],
    words: [...WORDS, '-----BEGIN CERTIFICATE REQUEST-----\n'],
    read: (bytes) => readSigningRequest(bytes, 'a.csr'),
  },
  {
    name: 'signed request',
    slow: true,
    seeds: [NAMES],
    words: WORDS,
    read: (bytes) => readSigningRequest(request(bytes), 'a.csr'),
  },
  {
    name: 'revocation list',
    seeds: [crl],
    words: WORDS,
    // openAuthority words whatever it throws: here only time and memory are judged.
    read: (bytes) => {
      try {
        readCrl(bytes);
      } catch (error) {
        if (error instanceof TypeError) throw error;
      }
    },
  },
  {
    name: 'subject',
    seeds: [Buffer.from('CN=a, O=Example \\, Ltd, C=DE'), Buffer.from('O=示例')],
    words: ['CN=', 'O=', 'C=', ',', '\\', '='],
    read: (bytes) => encodeSubject(parseSubject(Buffer.from(bytes).toString('utf8'))),
  },
  {
    name: 'passphrase file',
    seeds: [Buffer.from('correct horse battery staple\n'), Buffer.from('one\r\ntwo')],
    words: ['\r\n', '\n'],
    secret: true,
    read: (bytes) => {
      const host = hostOfFile(bytes);
      if (bytes.length % 2 === 0) passphraseFromFile(host, '/run/secret');
      else passphraseFromDescriptor(host, 3);
    },
  },
];
