import { isIP } from 'node:net';
import * as tls from 'node:tls';
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

/** Connects, looks at what the server shows, and hangs up. Says whether it is trusted; never rejects for distrust. */
export function handshake(
  target: Parameters<Net['handshake']>[0],
  fs: Files,
): Promise<TlsHandshake> {
  const { host, port, timeoutMs } = target;
  const name = target.tls.servername ?? host;
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      host,
      port,
      ...tlsOptions(target.tls, fs),
      rejectUnauthorized: false,
      ...(isIP(name) === 0 ? { servername: name } : {}),
    });
    const deadline = setTimeout(() => {
      socket.destroy(
        Object.assign(new Error(`no TLS handshake within ${timeoutMs} ms`), { code: 'ETIMEDOUT' }),
      );
    }, timeoutMs);
    socket.once('secureConnect', () => {
      clearTimeout(deadline);
      resolve(describe(socket));
      socket.destroy();
    });
    socket.once('error', (error: Error) => {
      clearTimeout(deadline);
      reject(error);
    });
  });
}

function describe(socket: tls.TLSSocket): TlsHandshake {
  const chain = presentedBy(socket);
  // Node's types promise an Error; at run time it is the code alone when verification failed.
  const reason = socket.authorizationError as Error | string | null | undefined;
  return {
    authorized: socket.authorized,
    error: reason === null || reason === undefined ? null : codeOf(reason),
    protocol: socket.getProtocol() ?? 'unknown',
    chain,
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
