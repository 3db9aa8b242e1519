import { createHash, createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { DockerctlError } from '../../../errors.js';
import type { Content, Secrets } from '../../plan/plan.js';
import { shellWord } from '../../text/shell-word.js';
import type { GivenCertificates } from './authorities.js';
import { isExpired, nameOf, readCertificates, toPem } from './certificates.js';
import { utcDay } from '../../text/utc-time.js';

/** A client certificate with its chain, PEM, and its key by name. */
export interface ClientPair {
  readonly cert: string;
  readonly key: Extract<Content, { readonly secret: string }>;
}

export interface ReadyPair {
  readonly pair: ClientPair;
  readonly secrets: Secrets;
  readonly notes: readonly string[];
}

export interface GivenPair {
  readonly cert: GivenCertificates;
  readonly key: GivenCertificates;
}

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/**
 * dockerd loads the pair on every operation (moby registry/registry.go loadTLSConfig): one that does not match, or a key
 * it cannot read, breaks every pull from this registry. Throws `invalid-certificate`. `host` without port and brackets.
 */
export function readClientPair(
  given: GivenPair,
  { host, now }: { readonly host: string; readonly now: number },
): ReadyPair {
  const chain = readCertificates(given.cert.bytes, given.cert.name);
  const key = readKey(given.key);
  const leaf = chain.find((certificate) => certificate.checkPrivateKey(key));
  if (leaf === undefined) throw mismatch(given, chain);
  if (isServerOnly(leaf)) throw serverPair(given.cert.name, host);
  if (isExpired(leaf, now)) throw expired(given.cert.name, leaf);
  const bytes = Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }));
  const secret = createHash('sha256').update(bytes).digest('hex');
  return {
    pair: {
      cert: toPem([leaf, ...chain.filter((certificate) => certificate !== leaf)]),
      key: { secret, size: bytes.length },
    },
    secrets: new Map([[secret, bytes]]),
    notes: names(leaf, host)
      ? [
          `${given.cert.name} names ${host} itself: if it is the registry's own, its key does not belong on this machine`,
        ]
      : [],
  };
}

/** Made for servers alone: a registry that asks for a client certificate refuses it. */
export function isServerOnly(certificate: X509Certificate): boolean {
  const usages = extendedUsages(certificate);
  return usages.includes(SERVER_AUTH) && !usages.includes(CLIENT_AUTH);
}

function names(certificate: X509Certificate, host: string): boolean {
  return certificate.checkHost(host, { subject: 'never' }) !== undefined;
}

/** node:crypto calls the extended key usages `keyUsage`; undefined where there are none. */
function extendedUsages(certificate: X509Certificate): readonly string[] {
  return Array.isArray(certificate.keyUsage) ? certificate.keyUsage : [];
}

function readKey({ name, bytes }: GivenCertificates): KeyObject {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.includes('ENCRYPTED')) {
    throw new DockerctlError({
      code: 'invalid-certificate',
      message: `${name} is locked with a passphrase, which dockerd cannot ask for.`,
      hint: `unlock a copy: \`openssl pkey -in ${shellWord(name)} -out client.key\``,
    });
  }
  const der = Buffer.from(bytes);
  const encodings = text.includes('-----BEGIN ')
    ? [{ key: text, format: 'pem' as const }]
    : (['pkcs8', 'pkcs1', 'sec1'] as const).map((type) => ({
        key: der,
        format: 'der' as const,
        type,
      }));
  for (const encoding of encodings) {
    try {
      return createPrivateKey(encoding);
    } catch {
      // The next encoding, or the error below: OpenSSL's words would name its decoders only.
    }
  }
  throw new DockerctlError({
    code: 'invalid-certificate',
    message: `${name} holds no private key that can be read${text.includes('BEGIN CERTIFICATE') ? ': it holds a certificate' : ''}.`,
    hint: 'name the key with --client-key and the certificate with --client-cert',
  });
}

function mismatch(given: GivenPair, chain: readonly X509Certificate[]): DockerctlError {
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${given.key.name} is not the key of ${given.cert.name} (${nameOf(chain[0]?.subject ?? '')}). With such a pair dockerd fails at every pull from this registry.`,
    hint: `compare: \`openssl x509 -noout -pubkey -in ${shellWord(given.cert.name)}\`; \`openssl pkey -pubout -in ${shellWord(given.key.name)}\``,
  });
}

function serverPair(name: string, host: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${name} is a server's certificate (its extended key usage is serverAuth alone). A registry's own key does not belong on its clients: whoever reads it here can pose as ${host}.`,
    hint: 'trust needs the CA only: --ca ca.crt; a pair for a client is made with `dockerctl certs issue --profile client`',
  });
}

function expired(name: string, leaf: X509Certificate): DockerctlError {
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${name} expired on ${utcDay(leaf.validTo)}: the registry would refuse it.`,
    hint: 'get a renewed client certificate; if this one should be valid, look at the clock: `timedatectl`',
  });
}
