import { createCipheriv, pbkdf2Sync } from 'node:crypto';
import { integer, nothing, octets, oid, sequence } from '../asn1/der-writer.js';
import { OID } from '../asn1/oid.js';

/** Fresh random bytes for one encryption. */
export interface Salts {
  /** 16 bytes. */
  readonly salt: Uint8Array;
  /** 16 bytes. */
  readonly iv: Uint8Array;
}

export interface Encrypted {
  /** AlgorithmIdentifier. */
  readonly algorithm: Buffer;
  readonly ciphertext: Buffer;
}

export interface Lock extends Salts {
  readonly passphrase: string;
  readonly iterations: number;
}

/** PBES2 of RFC 8018 with PBKDF2-HMAC-SHA256 and AES-256-CBC: what OpenSSL 3, GnuTLS, Java and Node all open. */
export function encryptPbes2(plain: Uint8Array, lock: Lock): Encrypted {
  const { passphrase, salt, iv, iterations } = lock;
  const key = pbkdf2Sync(Buffer.from(passphrase, 'utf8'), salt, iterations, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const kdf = sequence(
    octets(salt),
    integer(iterations),
    sequence(oid(OID.hmacWithSha256), nothing()),
  );
  return {
    algorithm: sequence(
      oid(OID.pbes2),
      sequence(sequence(oid(OID.pbkdf2), kdf), sequence(oid(OID.aes256Cbc), octets(iv))),
    ),
    ciphertext: Buffer.concat([cipher.update(plain), cipher.final()]),
  };
}
