import { dirname } from 'node:path';
import { shellWord } from '../../core/text/shell-word.js';
import { DockerctlError, systemErrorCode } from '../../errors.js';
import { fileError } from '../../core/text/file-error.js';
import type { GivenCertificates } from '../../core/trust/material/authorities.js';
import type { Host } from '../../host/host.js';

/** No certificate, key or bundle is larger. */
const MOST_BYTES = 4 * 1024 * 1024;
const TIMEOUT_MS = 15_000;

/** A file that the operator named on the command line. Throws `file-not-found`, `file-unreadable`, `invalid-certificate`. */
export function readGiven(host: Host, name: string): GivenCertificates {
  try {
    return { name, bytes: host.fs.readGiven(name, MOST_BYTES) };
  } catch (error) {
    if (systemErrorCode(error) === 'EFBIG') throw tooLarge(name);
    if (systemErrorCode(error) === 'EINVAL') throw notAFile(name);
    if (systemErrorCode(error) === 'ENOENT') {
      throw new DockerctlError({
        code: 'file-not-found',
        message: `${name}: there is no such file.`,
        hint: `name another; what is there: \`ls -l ${shellWord(dirname(name))}\``,
        cause: error,
      });
    }
    throw fileError(error, name, 'read');
  }
}

/** A file by https, checked with the system's certificates. Throws `remote-failed`, `invalid-value`. */
export async function download(host: Host, url: string): Promise<GivenCertificates> {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  if (protocol !== 'https:') {
    throw new DockerctlError({
      code: 'invalid-value',
      message: `${url}: whoever sits on the way could exchange a CA that comes over http.`,
      hint: 'use https, or download it and compare its fingerprint by another way before --ca FILE',
    });
  }
  const answer = await request();
  if (answer.status === 200) return { name: url, bytes: Buffer.from(answer.body, 'latin1') };
  throw failed(url, `it answers ${answer.status}`);

  async function request() {
    try {
      return await host.net.request({
        method: 'GET',
        scheme: 'https',
        host: hostname.replace(/[[\]]/g, ''),
        port: port === '' ? 443 : Number(port),
        path: pathname + search,
        timeoutMs: TIMEOUT_MS,
        limit: MOST_BYTES,
        encoding: 'latin1',
      });
    } catch (error) {
      throw failed(url, systemErrorCode(error) ?? 'the connection failed', error);
    }
  }
}

function failed(url: string, why: string, cause?: unknown): DockerctlError {
  return new DockerctlError({
    code: 'remote-failed',
    message: `${url} could not be downloaded: ${why}.`,
    hint: `\`curl -v -o ca.crt ${shellWord(url)}\`, then --ca ca.crt`,
    ...(cause === undefined ? {} : { cause }),
  });
}

function notAFile(name: string): DockerctlError {
  return new DockerctlError({
    code: 'file-unreadable',
    message: `${name} is a device, a pipe or a socket, not a file.`,
    hint: `write what comes out of it to a file first, and name that one; look: \`stat ${shellWord(name)}\``,
  });
}

function tooLarge(name: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${name} has more than ${MOST_BYTES} bytes, which no certificate file has.`,
    hint: 'name the file that holds the CA certificate',
  });
}
