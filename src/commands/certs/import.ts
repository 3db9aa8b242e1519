import { createPublicKey, type KeyObject } from 'node:crypto';
import { fileError } from '../../core/text/file-error.js';
import { EVERY_DOCKER, refusalSentence } from '../../core/pki/authority/docker-findings.js';
import { judge } from '../../core/pki/authority/judgement.js';
import { acrossEngines, type SharedRefusal } from '../../core/pki/go/verify/across.js';
import { authorityRefusals, certificateRefusals } from '../../core/pki/go/verify/single.js';
import {
  isLocked,
  pkcs8Of,
  readPrivateKey,
  writePrivateKey,
} from '../../core/pki/keys/private-key.js';
import {
  isIssuedBy,
  isSelfIssued,
  type Certificate,
} from '../../core/pki/x509/read-certificate.js';
import { readGivenCertificates } from '../../core/pki/given/read-given.js';
import { schemeFor } from '../../core/pki/x509/signature.js';
import { formatSubject } from '../../core/pki/x509/subject.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import {
  assertVacant,
  createAuthority,
  type AuthorityMaterial,
} from '../../system/authority/authority-create.js';
import { givenPath } from '../../system/files/given-path.js';
import {
  givenPassphrase,
  PASSPHRASE_OPTIONS,
  passphraseAsker,
  PKI_OPTION,
  pkiFolder,
} from '../../app/context/certs-options.js';
import { defineCommand, type Style } from '../../app/context/command.js';
import { utcDay } from '../../core/text/utc-time.js';
import { noteLines } from '../text/note-lines.js';

export interface ImportAnswer {
  readonly status: 'planned' | 'imported';
  readonly folder: string;
  readonly subject: string;
  /** ISO 8601, UTC. */
  readonly notAfter: string;
  readonly notes: readonly string[];
}

export const command = defineCommand({
  summary: 'Take over an authority made by openssl, mkcert, easy-rsa or step',
  args: [],
  options: {
    cert: {
      type: 'string',
      placeholder: 'FILE',
      required: true,
      describe: 'its certificate; of an intermediate with the root behind it',
    },
    key: { type: 'string', placeholder: 'FILE', required: true, describe: 'its key' },
    force: { type: 'boolean', describe: 'put the authority that is there away' },
    ...PASSPHRASE_OPTIONS,
    ...PKI_OPTION,
  },
  examples: ['certs import --cert rootCA.pem --key rootCA-key.pem'],
  async run(context, { options }): Promise<ImportAnswer> {
    const { host } = context;
    const folder = pkiFolder(context, options.pki);
    const [certPath, keyPath] = [givenPath(host, options.cert), givenPath(host, options.key)];
    const chain = readGivenCertificates(read(host, certPath), certPath);
    const bytes = read(host, keyPath);
    // Of a key that is not locked, it is the one to lock it with.
    const passphrase = isLocked(bytes)
      ? await passphraseAsker(context, options)(`Passphrase of ${keyPath}`)
      : givenPassphrase(context, options);
    const key = readPrivateKey({ path: keyPath, bytes, passphrase });
    const authority = checkedAuthority(chain, { key, now: host.clock.now(), certPath, keyPath });
    const lock =
      passphrase === null
        ? null
        : { passphrase, salt: host.random.bytes(16), iv: host.random.bytes(16) };
    const material = materialOf(authority, chain, writePrivateKey(pkcs8Of(key), lock));
    const { dryRun, lockTimeoutMs: waitMs } = context.options;
    if (dryRun && !options.force) assertVacant(host, folder);
    if (!dryRun)
      await createAuthority(host, material, {
        folder,
        waitMs,
        force: options.force,
        rootKeyOut: null,
      });
    return {
      status: dryRun ? 'planned' : 'imported',
      folder,
      subject: formatSubject(authority.subject),
      notAfter: new Date(authority.notAfter).toISOString(),
      notes: notesOf(authority, { material, now: host.clock.now() }),
    };
  },
  render: ({ status, folder, subject, notAfter, notes }: ImportAnswer, style: Style) =>
    [
      `${status === 'planned' ? style.yellow('Would import') : style.green('Imported')} ${style.bold(subject)} into ${folder}, valid until ${notAfter.slice(0, 10)}`,
      ...noteLines(notes, style),
    ].join('\n'),
});

interface GivenFiles {
  readonly key: KeyObject;
  readonly now: number;
  readonly certPath: string;
  readonly keyPath: string;
}

function checkedAuthority(chain: readonly Certificate[], given: GivenFiles): Certificate {
  const publicKey = createPublicKey(given.key);
  const authority = chain.find((certificate) => certificate.publicKey.equals(publicKey));
  const refused = (message: string, hint: string): DockerctlError =>
    new DockerctlError({ code: 'invalid-certificate', message, hint });
  if (authority === undefined) {
    throw refused(
      `${given.keyPath} is not the key of ${given.certPath}: what it signs would not fit the certificate.`,
      `compare: openssl x509 -noout -pubkey -in ${given.certPath}; openssl pkey -pubout -in ${given.keyPath}`,
    );
  }
  if (!authority.isAuthority) {
    throw refused(
      `${given.certPath} is not an authority: its basicConstraints lack CA:TRUE.`,
      'dockerctl certs init makes one',
    );
  }
  if (given.now > authority.notAfter) {
    throw refused(
      `${given.certPath} expired on ${utcDay(authority.notAfter)}: nothing it signs would be accepted.`,
      'dockerctl certs init makes a new one',
    );
  }
  schemeFor(given.key);
  const refusal = refusalOf(authority, chain);
  if (refusal !== null) {
    throw refused(
      `${given.certPath} cannot sign for servers: ${refusalSentence(refusal)}.`,
      'dockerctl certs init makes an authority without this fault',
    );
  }
  return authority;
}

/** What every docker holds against all that it would sign, or against a certificate that is sent with that. */
function refusalOf(authority: Certificate, chain: readonly Certificate[]): SharedRefusal | null {
  const refusals = chain.flatMap(({ der }) =>
    acrossEngines(EVERY_DOCKER, (rules) =>
      der === authority.der ? authorityRefusals(der, rules) : certificateRefusals(der, rules),
    ),
  );
  return refusals.find(({ code, onlyBy }) => onlyBy === null || code === 'rsa-too-large') ?? null;
}

function materialOf(
  authority: Certificate,
  chain: readonly Certificate[],
  key: string,
): AuthorityMaterial {
  const root = chain.find(
    (one) => one !== authority && isSelfIssued(one) && isIssuedBy(authority, one),
  );
  if (isSelfIssued(authority) || root === undefined) {
    return { root: authority, rootKey: key, intermediate: null };
  }
  return { root, rootKey: null, intermediate: { certificate: authority, key } };
}

function notesOf(
  authority: Certificate,
  { material, now }: { readonly material: AuthorityMaterial; readonly now: number },
): string[] {
  const faults = judge(authority, { subject: 'ca', now }).map(({ message }) => message);
  const rootless = material.intermediate === null && !isSelfIssued(authority);
  return [
    ...faults,
    ...(rootless
      ? [
          'it is an intermediate without its root: docker accepts it as an anchor, OpenSSL does not; put the root behind it in --cert',
        ]
      : []),
  ];
}

function read({ fs }: Host, path: string): Uint8Array {
  try {
    return fs.read(path);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}
