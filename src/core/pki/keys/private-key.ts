import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { DockerctlError } from '../../../errors.js';
import { spkiOfCurveKey } from './key-type.js';
import { octets, sequence } from '../asn1/der-writer.js';
import { encryptPbes2, type Salts } from './pbes2.js';
import { pemBlocks, toPem } from './pem.js';

/** OWASP's figure for PBKDF2-HMAC-SHA256; Node's own `export({cipher})` is fixed at 2048. Half a second to open. */
const ITERATIONS = 600_000;

/** PKCS#8 as PEM, locked where there is a passphrase. */
export function writePrivateKey(
  pkcs8: Uint8Array,
  lock: (Salts & { readonly passphrase: string }) | null,
): string {
  if (lock === null) return toPem('PRIVATE KEY', pkcs8);
  const { algorithm, ciphertext } = encryptPbes2(pkcs8, { ...lock, iterations: ITERATIONS });
  return toPem('ENCRYPTED PRIVATE KEY', sequence(algorithm, octets(ciphertext)));
}

/** Of PKCS#8 and of OpenSSL's old format, whose header says it inside the block. */
export const isLocked = (pem: Uint8Array): boolean =>
  /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/u.test(Buffer.from(pem).toString('latin1'));

export interface KeyFile {
  /** Names the file in errors. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly passphrase: string | null;
}

/** Any PEM key that OpenSSL reads, or PKCS#8 in DER. Throws `invalid-value` for a wrong passphrase, `invalid-certificate` for what is no key. */
export function readPrivateKey({ path, bytes, passphrase }: KeyFile): KeyObject {
  const locked = isLocked(bytes);
  try {
    const pem = Buffer.from(bytes);
    if (!pem.includes('-----BEGIN '))
      return createPrivateKey({ key: pem, format: 'der', type: 'pkcs8' });
    return createPrivateKey({ key: pem, ...(passphrase === null ? {} : { passphrase }) });
  } catch (cause) {
    throw locked ? refusedPassphrase(path, passphrase) : noKey(path, bytes, cause);
  }
}

/** Whether it is the other half of a public key. */
export const isPair = (key: KeyObject, publicKey: KeyObject): boolean =>
  isSameKey(createPublicKey(key), publicKey);

/**
 * Whether a key file, which is not locked, holds the other half of a certificate's key.
 * @throws as readPrivateKey
 */
export function isKeyOf(
  file: Omit<KeyFile, 'passphrase'>,
  { publicKey, publicKeyDer }: { readonly publicKey: KeyObject; readonly publicKeyDer: Buffer },
): boolean {
  const [block] = pemBlocks(Buffer.from(file.bytes).toString('latin1'));
  const spki = block?.label === 'PRIVATE KEY' ? spkiOfCurveKey(block.der) : null;
  if (spki !== null) return publicKeyDer.equals(spki);
  return isPair(readPrivateKey({ ...file, passphrase: null }), publicKey);
}

/** Two public keys. KeyObject.equals of Node 20.19.0 throws for keys of two types (`different key types`). */
export const isSameKey = (one: KeyObject, other: KeyObject): boolean =>
  one.asymmetricKeyType === other.asymmetricKeyType && one.equals(other);

/** Unlocked PKCS#8, DER. Only for keys read from a file: see key-type.ts. */
export const pkcs8Of = (key: KeyObject): Buffer => key.export({ type: 'pkcs8', format: 'der' });

const refusedPassphrase = (path: string, passphrase: string | null): DockerctlError =>
  new DockerctlError({
    code: passphrase === null ? 'answer-needed' : 'invalid-value',
    message:
      passphrase === null
        ? `The key ${path} is locked with a passphrase.`
        : `The passphrase does not open the key ${path}.`,
    hint: '--passphrase-file FILE with the right passphrase in its first line',
  });

function noKey(path: string, bytes: Uint8Array, cause: unknown): DockerctlError {
  const [first] = pemBlocks(Buffer.from(bytes).toString('latin1'));
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${path} is not a private key${first === undefined ? '' : `: it holds a ${first.label.toLowerCase()}`}.`,
    hint: 'name a PEM file that begins with BEGIN PRIVATE KEY',
    cause,
  });
}
