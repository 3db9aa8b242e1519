import * as net from 'node:net';
import { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { handshakeSecretIn, sentChain } from './sent-chain.js';
import {
  SYSTEM_BUNDLES,
  type FileSystem,
  type Net,
  type TlsHandshake,
  type TlsMaterial,
} from './host.js';

type Files = Pick<FileSystem, 'read'>;

/** Node's own root list is never used: trust is what is on this machine. */
export function tlsOptions(
  material: TlsMaterial,
  fs: Files,
): tls.SecureContextOptions & { rejectUnauthorized: boolean } {
  const roots = material.systemRoots === false ? [] : systemRoots(fs);
  return {
    ca: [...roots, ...(material.ca ?? [])],
    // Go takes any trusted certificate as an anchor, also an intermediate or the server's own.
    allowPartialTrustChain: true,
    rejectUnauthorized: material.verify !== false,
    ...(material.cert === undefined ? {} : { cert: material.cert }),
    ...(material.key === undefined ? {} : { key: Buffer.from(material.key) }),
  };
}

function systemRoots(fs: Files): string[] {
  for (const path of SYSTEM_BUNDLES) {
    try {
      return [Buffer.from(fs.read(path)).toString('latin1')];
    } catch {
      continue;
    }
  }
  return [];
}

/** What Go takes of certificates (crypto/tls, maxHandshakeCertificateMsg), and some room for the other messages. */
const MOST_RECEIVED = 320 * 1024;

/** Old keys and digests too: what dockerd would say of them is judged by whoever asked. */
const CIPHERS = 'DEFAULT@SECLEVEL=0';

/**
 * Connects, looks at what the server shows, and hangs up. Says whether it is trusted; never rejects for distrust, nor for
 * certificates that OpenSSL cannot parse. Rejects with ERR_CHAIN_TOO_LARGE for more than any Go takes.
 */
export function handshake(
  target: Parameters<Net['handshake']>[0],
  fs: Files,
): Promise<TlsHandshake> {
  const { host, port, timeoutMs } = target;
  const name = target.tls.servername ?? host;
  return new Promise((resolve, reject) => {
    const raw = net.connect({ host, port });
    const seen: Buffer[] = [];
    let secret: Buffer | null = null;
    let failure: Error | null = null;
    const client = tls.connect({
      socket: tapOf(raw, (bytes) => {
        seen.push(bytes);
        if (sizeOf(seen) > MOST_RECEIVED) fail(coded('it sends too much', 'ERR_CHAIN_TOO_LARGE'));
        else if (failure !== null && chain() !== null) fail(failure);
      }),
      ...tlsOptions(target.tls, fs),
      ciphers: CIPHERS,
      rejectUnauthorized: false,
      ...(net.isIP(name) === 0 ? { servername: name } : {}),
    });
    const chain = () => sentChain(Buffer.concat(seen), secret);
    const finish = (): void => {
      clearTimeout(deadline);
      client.destroy();
      raw.destroy();
    };
    const deadline = setTimeout(() => {
      fail(failure ?? coded(`no TLS handshake within ${timeoutMs} ms`, 'ETIMEDOUT'));
    }, timeoutMs);
    const fail = (error: Error): void => {
      const certificates = isOpenSslRefusal(error) ? chain() : null;
      if (certificates === null) reject(error);
      else resolve({ ...describe(client), error: codeOf(error), chain: certificates });
      finish();
    };
    client.on('keylog', (line: Buffer) => {
      secret ??= handshakeSecretIn(line);
    });
    client.once('secureConnect', () => {
      resolve({
        ...describe(client),
        chain: chain() ?? presentedBy(client),
        address: raw.remoteAddress ?? '',
      });
      finish();
    });
    // What OpenSSL refuses may still be on its way.
    client.on('error', (error: Error) => {
      failure ??= error;
      if (!isTooMuchForOpenSsl(error) || chain() !== null || raw.closed) fail(error);
    });
    raw.once('error', (error: Error) => {
      fail(failure ?? error);
    });
    raw.once('close', () => {
      fail(failure ?? coded('the connection was closed', 'ECONNRESET'));
    });
  });
}

const sizeOf = (parts: readonly Buffer[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);

const coded = (message: string, code: string): Error => Object.assign(new Error(message), { code });

/**
 * OpenSSL stopped by itself, at what it does not like in the certificates: no word of the server's (an alert), and nothing
 * about versions and ciphers, which dockerd would not like either.
 */
const isOpenSslRefusal = (error: Error): boolean =>
  /^ERR_(?:OSSL|SSL)_(?!.*(?:ALERT|VERSION|PROTOCOL|CIPHER|DH_KEY|PACKET_LENGTH|HTTP))/.test(
    codeOf(error),
  );

/** Its own limit is 100 KiB. */
const isTooMuchForOpenSsl = (error: Error): boolean =>
  codeOf(error).includes('EXCESSIVE_MESSAGE_SIZE');

/** While it writes, Node calls every error of OpenSSL EPROTO, and names it in the message alone; while it reads, ERR_SSL_…. */
export function withOpenSslCode(error: Error): Error {
  const reason = /:SSL routines:[^:]{0,80}:([a-z0-9 ]{1,80}):/.exec(error.message)?.[1];
  if (codeOf(error) !== 'EPROTO' || reason === undefined) return error;
  return coded(error.message, `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`);
}

/** A socket for TLS that shows every byte of the server's to `received`, also after TLS gave up. */
function tapOf(raw: net.Socket, received: (bytes: Buffer) => void): Duplex {
  const tap = new Duplex({
    read: () => {
      raw.resume();
    },
    write: (bytes: Buffer, _encoding, done) => {
      raw.write(bytes, done);
    },
    final: (done) => {
      raw.end(done);
    },
  });
  raw.on('data', (bytes: Buffer) => {
    received(bytes);
    if (!tap.destroyed && !tap.push(bytes)) raw.pause();
  });
  raw.once('end', () => {
    if (!tap.destroyed) tap.push(null);
  });
  raw.once('error', (error) => {
    tap.destroy(error);
  });
  return tap;
}

function describe(socket: tls.TLSSocket): Omit<TlsHandshake, 'chain'> {
  // Node's types promise an Error; at run time it is the code alone when verification failed.
  const reason = socket.authorizationError as Error | string | null | undefined;
  return {
    authorized: socket.authorized,
    error: reason === null || reason === undefined ? null : codeOf(reason),
    protocol: socket.getProtocol() ?? 'unknown',
    address: socket.remoteAddress ?? '',
  };
}

function codeOf(reason: Error | string): string {
  if (typeof reason === 'string') return reason;
  return 'code' in reason && typeof reason.code === 'string' ? reason.code : reason.message;
}

/** Node links each certificate to its issuer; the last one to itself, or to nothing. The types know neither. */
function presentedBy(socket: tls.TLSSocket): Uint8Array[] {
  const chain = new Map<string, Uint8Array>();
  let certificate: Partial<tls.DetailedPeerCertificate> | undefined =
    socket.getPeerCertificate(true);
  while (certificate?.raw !== undefined && certificate.fingerprint256 !== undefined) {
    if (chain.has(certificate.fingerprint256)) break;
    chain.set(certificate.fingerprint256, certificate.raw);
    certificate = certificate.issuerCertificate;
  }
  return [...chain.values()];
}
