/**
 * The certificates in what a TLS server sent: Node's getPeerCertificate links by issuer and leaves out what does not fit,
 * and OpenSSL gives up at one that it cannot parse, where dockerd may go on. TLS 1.2 sends them in the clear; of TLS 1.3
 * Node tells the secret that its records are locked with (the `keylog` event).
 */
import { createDecipheriv, createHmac } from 'node:crypto';

const RECORD = { changeCipherSpec: 20, handshake: 22, applicationData: 23 } as const;
const MESSAGE = { serverHello: 2, certificate: 11 } as const;
const RECORD_HEADER = 5;
const MESSAGE_HEADER = 4;
const TAG_OCTETS = 16;
const SUPPORTED_VERSIONS = 43;
const TLS_1_3 = 0x0304;

/** RFC 8446 B.4: cipher, hash, key octets. */
const SUITES: ReadonlyMap<
  number,
  readonly ['aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305', string, number]
> = new Map([
  [0x1301, ['aes-128-gcm', 'sha256', 16]],
  [0x1302, ['aes-256-gcm', 'sha384', 32]],
  [0x1303, ['chacha20-poly1305', 'sha256', 32]],
]);

/** `secret` is SERVER_HANDSHAKE_TRAFFIC_SECRET, null where none was told. null: no whole Certificate message is there. */
export function sentChain(received: Buffer, secret: Buffer | null): Buffer[] | null {
  let handshake = Buffer.of();
  let unlock: ((header: Buffer, body: Buffer) => Buffer | null) | null = null;
  for (let at = 0; at + RECORD_HEADER <= received.length;) {
    const header = received.subarray(at, at + RECORD_HEADER);
    const end = at + RECORD_HEADER + header.readUInt16BE(3);
    if (end > received.length) break;
    const body = received.subarray(at + RECORD_HEADER, end);
    at = end;
    if (header[0] === RECORD.changeCipherSpec) continue;
    if (header[0] === RECORD.applicationData) {
      unlock ??= unlockerOf(handshake, secret);
      const plain = unlock?.(header, body);
      if (plain === undefined || plain === null) break;
      handshake = Buffer.concat([handshake, plain]);
    } else if (header[0] === RECORD.handshake) handshake = Buffer.concat([handshake, body]);
    else break;
  }
  const message = messagesIn(handshake).find(({ type }) => type === MESSAGE.certificate);
  return message === undefined ? null : certificatesIn(message.body, suiteOf(handshake) !== null);
}

interface Message {
  readonly type: number;
  readonly body: Buffer;
}

/** The whole ones (RFC 8446 4). */
function messagesIn(handshake: Buffer): Message[] {
  const messages: Message[] = [];
  for (let at = 0; at + MESSAGE_HEADER <= handshake.length;) {
    const end = at + MESSAGE_HEADER + handshake.readUIntBE(at + 1, 3);
    if (end > handshake.length) break;
    messages.push({ type: handshake[at] ?? 0, body: handshake.subarray(at + MESSAGE_HEADER, end) });
    at = end;
  }
  return messages;
}

/** The cipher suite of TLS 1.3; null: another version. A HelloRetryRequest looks like a ServerHello, so the last counts. */
function suiteOf(handshake: Buffer): number | null {
  const hello = messagesIn(handshake)
    .filter(({ type }) => type === MESSAGE.serverHello)
    .at(-1)?.body;
  if (hello === undefined || hello.length < 38) return null;
  const session = 35 + (hello[34] ?? 0);
  // Cipher suite, compression, length of the extensions.
  for (let at = session + 5; at + 4 <= hello.length;) {
    const isVersion = hello.readUInt16BE(at) === SUPPORTED_VERSIONS && at + 6 <= hello.length;
    if (isVersion && hello.readUInt16BE(at + 4) === TLS_1_3) return hello.readUInt16BE(session);
    at += 4 + hello.readUInt16BE(at + 2);
  }
  return null;
}

/** RFC 8446 5.2, 5.3, 7.3: opens one record after the other. */
function unlockerOf(handshake: Buffer, secret: Buffer | null) {
  const suite = SUITES.get(suiteOf(handshake) ?? 0);
  if (suite === undefined || secret === null) return null;
  const [cipher, hash, keyOctets] = suite;
  const key = expand(secret, { hash, label: 'key', octets: keyOctets });
  const iv = expand(secret, { hash, label: 'iv', octets: 12 });
  let sequence = 0;
  return (header: Buffer, body: Buffer): Buffer | null => {
    const nonce = Buffer.from(iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8);
    sequence += 1;
    if (body.length < TAG_OCTETS) return null;
    const decipher = createDecipheriv(cipher as 'aes-128-gcm', key, nonce, {
      authTagLength: TAG_OCTETS,
    });
    decipher.setAAD(header, { plaintextLength: body.length - TAG_OCTETS });
    decipher.setAuthTag(body.subarray(-TAG_OCTETS));
    try {
      return contentOf(
        Buffer.concat([decipher.update(body.subarray(0, -TAG_OCTETS)), decipher.final()]),
      );
    } catch {
      return null;
    }
  };
}

/** Without the padding, and the type behind it; null: no handshake. */
function contentOf(inner: Buffer): Buffer | null {
  const last = inner.findLastIndex((byte) => byte !== 0);
  return inner[last] === RECORD.handshake ? inner.subarray(0, last) : null;
}

interface Label {
  readonly hash: string;
  readonly label: string;
  /** At most those of the hash. */
  readonly octets: number;
}

/** HKDF-Expand-Label (RFC 8446 7.1) with an empty context. */
function expand(secret: Buffer, { hash, label, octets }: Label): Buffer {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.from([0, octets, name.length, ...name, 0, 1]);
  return createHmac(hash, secret).update(info).digest().subarray(0, octets);
}

/** RFC 5246 7.4.2; RFC 8446 4.4.2, with a context before and extensions behind each. */
function certificatesIn(body: Buffer, isTls13: boolean): Buffer[] {
  const start = isTls13 ? 1 + (body[0] ?? 0) : 0;
  const chain: Buffer[] = [];
  for (let at = start + 3; at + 3 <= body.length;) {
    const end = at + 3 + body.readUIntBE(at, 3);
    chain.push(body.subarray(at + 3, end));
    at = isTls13 && end + 2 <= body.length ? end + 2 + body.readUInt16BE(end) : end;
  }
  return chain;
}

/** The secret in a line of the `keylog` event; null: the line is about another. */
export function handshakeSecretIn(line: Buffer): Buffer | null {
  const secret = /^SERVER_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]+ ([0-9a-f]+)/i.exec(
    line.toString('latin1'),
  )?.[1];
  return secret === undefined ? null : Buffer.from(secret, 'hex');
}
