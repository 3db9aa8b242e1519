import type { X509Certificate } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Finding } from '../../plan/finding.js';
import { moveAside, shellWord } from '../../text/shell-word.js';
import { decodeX509 } from '../../pki/x509/x509.js';
import {
  certificatesForGo,
  holdsPrivateKey,
  isAuthority,
  nameOf,
  parseCertificates,
} from '../material/certificates.js';
import { isServerOnly } from '../material/client-pair.js';
import { checkAuthority } from './lint-authority.js';
import { withKeyInside } from './lint-key-inside.js';
import type { CertsFolder, LintProblem, LintTarget } from './lint-place.js';
import { bytesAt, fileAt, namesIn, textAt, type Snapshot } from '../../plan/snapshot.js';

/**
 * What dockerd's two readers would choke on, or not see, in one folder of certs.d (moby registry/registry.go
 * ReadCertsDirectory and loadTLSConfig; containerd core/remotes/docker/config/hosts.go). An error breaks every pull.
 */
export function lintFolder(snapshot: Snapshot, place: CertsFolder): Finding[] {
  const { folder, registry } = place;
  const entry = snapshot.get(folder);
  if (entry !== null && entry !== undefined && entry.kind !== 'folder') {
    return [
      {
        code: 'trust-not-a-folder',
        severity: 'error',
        subject: registry,
        path: folder,
        message: 'it is a file, and dockerd wants a folder with ca.crt in it.',
        hint: `mv -n ${shellWord(folder)} /root/ca.crt && dockerctl trust add-registry ${shellWord(registry)} --ca /root/ca.crt`,
      },
    ];
  }
  return namesIn(snapshot, folder).flatMap((name) => {
    const path = join(folder, name);
    const isFolder = snapshot.get(path)?.kind === 'folder';
    const kind = isFolder ? FOLDER : KINDS.find(({ applies }) => applies(name));
    if (kind === undefined) return [];
    const parts = kind.check({ name, path, snapshot, place });
    return parts.map((part) => ({ subject: registry, path, ...part }));
  });
}

interface Kind {
  readonly applies: (name: string) => boolean;
  readonly check: (place: LintTarget) => LintProblem[];
}

const KINDS: readonly Kind[] = [
  { applies: (name) => name.endsWith('.crt'), check: withKeyInside(checkAuthority) },
  { applies: (name) => name.endsWith('.cert'), check: withKeyInside(checkClient) },
  { applies: (name) => name.endsWith('.key'), check: checkKey },
  { applies: (name) => name === 'hosts.toml', check: checkHosts },
  { applies: (name) => !name.startsWith('.'), check: checkIgnored },
];

const FOLDER: Kind = { applies: () => true, check: checkFolder };

/** Go reads every entry with such a name as a file, and fails on it. */
function checkFolder({ name, path }: LintTarget): LintProblem[] {
  if (!/\.(?:crt|cert|key)$/.test(name)) return [];
  return [
    {
      code: 'trust-not-a-file',
      severity: 'error',
      message:
        'it is a folder, and dockerd reads it as a file: logins, and pulls where images are in graph drivers, fail (is a directory).',
      hint: moveAside(path),
    },
  ];
}

function checkClient({ name, path, snapshot, place }: LintTarget): LintProblem[] {
  const key = path.replace(/cert$/, 'key');
  const certificates = certificatesForGo(bytesAt(snapshot, path));
  const [leaf] = certificates;
  if (fileAt(snapshot, key) === null) {
    return [
      {
        code: 'trust-cert-without-key',
        severity: 'error',
        message: `dockerd takes *.cert for a client certificate and finds no ${name.replace(/cert$/, 'key')}. ${
          leaf !== undefined && isAuthority(leaf)
            ? 'It is a CA: its name must end in .crt.'
            : "The recipe that copies the registry's own certificate here is wrong: clients need the CA alone, as ca.crt."
        }`,
        hint:
          leaf !== undefined && isAuthority(leaf)
            ? `mv -n ${shellWord(path)} ${shellWord(path.replace(/cert$/, 'crt'))}`
            : moveAside(path),
      },
    ];
  }
  if (leaf === undefined) {
    return [
      {
        code: 'trust-client-unreadable',
        severity: 'error',
        message: 'it holds no certificate in PEM that Go reads.',
        hint: moveAside(path, key),
      },
    ];
  }
  const secrets = place.secrets?.get(secretName(fileAt(snapshot, key)));
  if (secrets !== undefined && !matches(leaf, secrets)) {
    return [
      {
        code: 'trust-pair-mismatch',
        severity: 'error',
        message: `${name.replace(/cert$/, 'key')} is not its key.`,
        hint: moveAside(path, key),
      },
    ];
  }
  return isServerOnly(leaf)
    ? [
        {
          code: 'trust-server-key',
          severity: 'warning',
          message: `it is the certificate of a server (${nameOf(leaf.subject)}), with its key beside it: whoever reads that key can pose as the registry.`,
          hint: moveAside(path, key),
        },
      ]
    : [];
}

function checkKey({ name, path, snapshot }: LintTarget): LintProblem[] {
  const image = fileAt(snapshot, path);
  const cert = path.replace(/key$/, 'cert');
  if (fileAt(snapshot, cert) === null) {
    return [
      {
        code: 'trust-key-without-cert',
        severity: 'error',
        message: `dockerd finds no ${name.replace(/key$/, 'cert')} for this key and refuses every operation with the registry. A CA needs no key here.`,
        hint: moveAside(path),
      },
    ];
  }
  return image !== null && (image.mode & 0o077) !== 0
    ? [
        {
          code: 'trust-key-readable',
          severity: 'warning',
          message: `its mode is ${image.mode.toString(8).padStart(4, '0')}: other users of this machine can read the private key.`,
          hint: `chmod 600 ${shellWord(path)}`,
        },
      ]
    : [];
}

/** Certificates beside it that it does not name are of no use to its readers. */
function checkHosts({ path, snapshot, place: { folder } }: LintTarget): LintProblem[] {
  const text = textAt(snapshot, path) ?? '';
  const beside = namesIn(snapshot, folder).filter((name) => /\.(?:crt|cert)$/.test(name));
  if (text === '' || beside.every((name) => text.includes(name))) return [];
  return [
    {
      code: 'trust-hosts-toml',
      severity: 'info',
      message:
        'where images are kept in containerd (and in builds), this file alone counts and the certificates beside it are not read; docker login reads the certificates alone.',
      hint: `see that ${path} names the same CA: ca = "ca.crt"`,
    },
  ];
}

function checkIgnored({ name, path, snapshot }: LintTarget): LintProblem[] {
  if (!/\.(?:pem|cer|der|ca|p7b|ca-bundle)$/i.test(name)) return [];
  return [
    {
      code: 'trust-file-ignored',
      severity: 'warning',
      message: 'dockerd reads *.crt, *.cert and *.key only: it does not see this file.',
      hint: unhide(bytesAt(snapshot, path), path),
    },
  ];
}

/** What it is decides what it is to be called: a key is no ca.crt, and a server's certificate is no authority. */
function unhide(bytes: Uint8Array | null, path: string): string {
  const found = bytes?.[0] === 0x30 ? decodable(bytes) : parseCertificates(bytes);
  const [first] = found;
  if (first === undefined)
    return holdsPrivateKey(bytes)
      ? `it holds a private key: see with \`ls -l ${shellWord(dirname(path))}\` whose, and call a client's pair client.cert and client.key`
      : moveAside(path);
  if (!isAuthority(first))
    return `it is the certificate of ${nameOf(first.subject)} and of no authority: ${moveAside(path)}; the CA that signed it is ${nameOf(first.issuer)}`;
  const wanted = shellWord(path.replace(/\.[^.]*$/, '.crt'));
  return bytes?.[0] === 0x30
    ? `openssl x509 -inform DER -in ${shellWord(path)} -out ${wanted} && rm ${shellWord(path)}`
    : `mv -n ${shellWord(path)} ${wanted}`;
}

function decodable(bytes: Uint8Array): X509Certificate[] {
  try {
    return [decodeX509(bytes)];
  } catch {
    return [];
  }
}

function secretName(image: ReturnType<typeof fileAt>): string {
  return image !== null && 'secret' in image.content ? image.content.secret : '';
}

function matches(certificate: X509Certificate, key: Uint8Array): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(Buffer.from(key)));
  } catch {
    return false;
  }
}
