import { createHash, createHmac } from 'node:crypto';
import {
  bmp,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  tagged,
  taggedBytes,
} from '../asn1/der-writer.js';
import { OID } from '../asn1/oid.js';
import { encryptPbes2, type Encrypted, type Salts } from './pbes2.js';

/** As keys of ours have: whoever has the file tries passphrases at the weakest of key, certificates and MAC. */
const ITERATIONS = 600_000;
const HASH_BYTES = 32;
const BLOCK_BYTES = 64;
const MAC_KEY = 3;

export interface Pkcs12 {
  /** What key stores call the entry. */
  readonly name: string;
  /** PKCS#8, DER. */
  readonly key: Uint8Array;
  /** DER, leaf first. */
  readonly chain: readonly Uint8Array[];
}

export interface Pkcs12Lock {
  readonly passphrase: string;
  /** 80 fresh random bytes. */
  readonly random: Uint8Array;
}

/** PFX of RFC 7292: key and certificates under PBES2 with AES-256, integrity by HMAC-SHA256. Opens in OpenSSL 3, Java 8u301 and newer, NSS, GnuTLS. */
export function buildPkcs12(
  { name, key, chain }: Pkcs12,
  { passphrase, random }: Pkcs12Lock,
): Buffer {
  const lock = (from: number): Salts & { passphrase: string; iterations: number } => ({
    passphrase,
    iterations: ITERATIONS,
    salt: random.subarray(from, from + 16),
    iv: random.subarray(from + 16, from + 32),
  });
  const id = createHash('sha256')
    .update(chain[0] ?? key)
    .digest()
    .subarray(0, 20);
  const attributes = setOf(
    sequence(oid(OID.friendlyName), setOf(bmp(name))),
    sequence(oid(OID.localKeyId), setOf(octets(id))),
  );
  const { algorithm, ciphertext } = encryptPbes2(key, lock(0));
  const keyBag = bag(OID.shroudedKeyBag, sequence(algorithm, octets(ciphertext)), attributes);
  const certBags = chain.map((der, index) =>
    bag(OID.certBag, certificate(der), index === 0 ? attributes : null),
  );
  const safe = sequence(
    encryptedContent(encryptPbes2(sequence(...certBags), lock(32))),
    plainContent(sequence(keyBag)),
  );
  return sequence(
    integer(3),
    plainContent(safe),
    macData(safe, { passphrase, salt: random.subarray(64, 80) }),
  );
}

const bag = (type: string, value: Buffer, attributes: Buffer | null): Buffer =>
  sequence(oid(type), tagged(0, value), ...(attributes === null ? [] : [attributes]));

const certificate = (der: Uint8Array): Buffer =>
  sequence(oid(OID.x509Certificate), tagged(0, octets(der)));

const plainContent = (bytes: Uint8Array): Buffer =>
  sequence(oid(OID.pkcs7Data), tagged(0, octets(bytes)));

const encryptedContent = ({ algorithm, ciphertext }: Encrypted): Buffer =>
  sequence(
    oid(OID.pkcs7EncryptedData),
    tagged(
      0,
      sequence(integer(0), sequence(oid(OID.pkcs7Data), algorithm, taggedBytes(0, ciphertext))),
    ),
  );

interface MacLock {
  readonly passphrase: string;
  readonly salt: Uint8Array;
}

function macData(content: Uint8Array, lock: MacLock): Buffer {
  const mac = createHmac('sha256', macKey(lock)).update(content).digest();
  return sequence(
    sequence(sequence(oid(OID.sha256), nothing()), octets(mac)),
    octets(lock.salt),
    integer(ITERATIONS),
  );
}

/** RFC 7292, appendix B.2, for the one case where a key is no longer than the hash. */
function macKey({ passphrase, salt }: MacLock): Buffer {
  const filled = (bytes: Buffer): Buffer =>
    Buffer.alloc(Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES, bytes);
  const diversifier = Buffer.alloc(BLOCK_BYTES, MAC_KEY);
  const password = Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
  let key = Buffer.concat([diversifier, filled(Buffer.from(salt)), filled(password)]);
  for (let round = 0; round < ITERATIONS; round += 1) {
    key = createHash('sha256').update(key).digest();
  }
  return key.subarray(0, HASH_BYTES);
}
