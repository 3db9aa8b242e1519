import { createPublicKey, type KeyObject } from 'node:crypto';
import { DockerctlError, messageOf } from '../../../errors.js';
import { printable } from '../../text/printable.js';
import {
  bitsOf,
  contentOf,
  decode,
  encode,
  isBoolean,
  itemsOf,
  isTagged,
  oidOf,
  type Der,
} from '../asn1/der.js';
import { decodeGeneralName } from './general-name.js';
import { keyTypeOf } from '../keys/key-type.js';
import type { SubjectName } from './names.js';
import { OID } from '../asn1/oid.js';
import { isPem, pemBlocks } from '../keys/pem.js';
import { isSignedBy, isWeakKey, schemeByOid } from './signature.js';
import { decodeSubject, type Subject } from './subject.js';

/** A request (RFC 2986) that passed the policy: its signature is good, its key strong, and it asks for nothing but names. */
export interface SigningRequest {
  readonly subject: Subject;
  /** As requested, not yet checked: they go through `parseNames` like what an operator types. */
  readonly names: readonly SubjectName[];
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly key: KeyObject;
  readonly keyType: string;
  readonly notes: readonly string[];
}

/** Extensions a request may carry. Only the names are taken over; the profile decides the rest, whatever was asked. */
const ALLOWED: Readonly<Record<string, string>> = {
  [OID.subjectAltName]: 'names',
  [OID.basicConstraints]: 'basicConstraints',
  [OID.keyUsage]: 'keyUsage',
  [OID.extendedKeyUsage]: 'extendedKeyUsage',
  [OID.subjectKeyIdentifier]: 'subjectKeyIdentifier',
};

/** An RSA key may be too short; any other is of a kind that clients do not know. */
function unfitKey(type: string): string {
  return type.startsWith('rsa-')
    ? `its key is too weak (${type})`
    : `docker and other clients take no key of its kind (${type})`;
}

/** Throws `invalid-certificate`; `path` names the file in errors. */
export function readSigningRequest(bytes: Uint8Array, path: string): SigningRequest {
  const der = derOf(bytes, path);
  const [info, algorithm, signature] = itemsOf(wellFormed(der, path));
  const [, subject, spki, attributes] = itemsOf(info);
  if (info === undefined || spki === undefined) throw refused(path, 'it is cut short');
  const key = publicKey(encode(spki), path);
  const scheme = schemeByOid(oidOf(itemsOf(algorithm)[0]));
  const signed = { bytes: encode(info), signature: bitsOf(signature) };
  if (scheme === undefined)
    throw refused(path, 'its signature is of a kind that is not accepted here');
  if (scheme.digest === 'sha1') throw refused(path, 'its signature uses SHA-1');
  if (!isSignedBy({ ...signed, scheme }, key)) {
    throw refused(
      path,
      'its signature is wrong: whoever made it does not hold the key, or the file is damaged',
    );
  }
  if (isWeakKey(key)) throw refused(path, unfitKey(keyTypeOf(key)));
  const extensions = requestedExtensions(attributes, path);
  refuseAuthority(extensions, path);
  const names = itemsOf(extensions.get(OID.subjectAltName)).flatMap(
    (name) => decodeGeneralName(name) ?? [],
  );
  const ignored = [...extensions.keys()].filter((id) => ALLOWED[id] === undefined);
  return {
    subject: decodeSubject(subject),
    names,
    spki: encode(spki),
    key,
    keyType: keyTypeOf(key),
    notes: ignored.map(
      (id) => `the requested extension ${id} is not on the list of allowed ones and was left out`,
    ),
  };
}

function derOf(bytes: Uint8Array, path: string): Uint8Array {
  if (!isPem(bytes)) return bytes;
  const blocks = pemBlocks(Buffer.from(bytes).toString('latin1'));
  const request = blocks.find(({ label }) => /^(?:NEW )?CERTIFICATE REQUEST$/u.test(label));
  if (request !== undefined) return request.der;
  throw refused(
    path,
    `it holds ${blocks[0] === undefined ? 'nothing' : `a ${blocks[0].label.toLowerCase()}`}`,
  );
}

/** Encoding it again must give the same bytes, or we would check one thing and sign another. */
function wellFormed(der: Uint8Array, path: string): Der {
  try {
    const request = decode(der);
    if (encode(request).equals(der)) return request;
  } catch (cause) {
    throw refused(path, printable(messageOf(cause)).replace(/\.$/u, ''), cause);
  }
  throw refused(path, 'it is not DER');
}

function publicKey(spki: Buffer, path: string): KeyObject {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch (cause) {
    throw refused(path, 'its key is of an unknown kind', cause);
  }
}

function requestedExtensions(attributes: Der | undefined, path: string): ReadonlyMap<string, Der> {
  const list = isTagged(attributes, 0) ? itemsOf(attributes) : [];
  const request = list.find((attribute) => oidOf(itemsOf(attribute)[0]) === OID.extensionRequest);
  const extensions = itemsOf(itemsOf(itemsOf(request)[1])[0]);
  return new Map(
    extensions.map((extension) => {
      const items = itemsOf(extension);
      return [oidOf(items[0]), extensionValue(items.at(-1), path)];
    }),
  );
}

function extensionValue(item: Der | undefined, path: string): Der {
  try {
    return decode(contentOf(item));
  } catch (cause) {
    throw refused(path, 'an extension that it asks for is not DER', cause);
  }
}

function refuseAuthority(extensions: ReadonlyMap<string, Der>, path: string): void {
  const [authority] = itemsOf(extensions.get(OID.basicConstraints));
  if (!isBoolean(authority) || contentOf(authority)[0] === 0) return;
  throw refused(path, 'it asks to be an authority itself (basicConstraints CA:TRUE)');
}

const refused = (path: string, reason: string, cause?: unknown): DockerctlError =>
  new DockerctlError({
    code: 'invalid-certificate',
    message: `The signing request ${path} is refused: ${reason}.`,
    hint: 'openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -subj /CN=NAME -addext subjectAltName=DNS:NAME -out server.csr',
    ...(cause === undefined ? {} : { cause }),
  });
