import { join } from 'node:path';
import { fileError } from '../../core/text/file-error.js';
import type { Signer } from '../../core/pki/authority/issue.js';
import { isLocked, isPair, readPrivateKey } from '../../core/pki/keys/private-key.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { INTERMEDIATE_KEY, ROOT_KEY, type Authority } from './authority.js';

/** How a passphrase is got, asked only when the key is locked. */
export type AskPassphrase = (question: string) => Promise<string>;

/** The authority with its key opened. Throws `not-found` for a key that is kept elsewhere, `invalid-value` for a wrong passphrase. */
export async function openSigner(
  host: Host,
  authority: Authority,
  {
    ask,
    crlUrl,
    caUrl,
  }: Omit<Signer, 'certificate' | 'key' | 'constraints'> & { readonly ask: AskPassphrase },
): Promise<Signer> {
  const { folder, root, issuer } = authority;
  const path = join(folder, issuer === root ? ROOT_KEY : INTERMEDIATE_KEY);
  const bytes = readKey(host, path);
  const passphrase = isLocked(bytes) ? await ask(`Passphrase of ${path}`) : null;
  const key = readPrivateKey({ path, bytes, passphrase });
  if (!isPair(key, issuer.publicKey)) throw mismatch(path);
  const constraints = [...new Set([root, issuer])].flatMap((one) => one.constraints ?? []);
  return { certificate: issuer, key, constraints, crlUrl, caUrl: caUrl ?? null };
}

function readKey(host: Host, path: string): Uint8Array {
  if (host.fs.stat(path, { follow: true }) === null) {
    throw new DockerctlError({
      code: 'not-found',
      message: `The key ${path} is not on this machine, so nothing can be signed here.`,
      hint: `bring it back for the time you need it: \`install -m 600 /media/key/ca.key ${path}\``,
    });
  }
  try {
    return host.fs.read(path);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

const mismatch = (path: string): DockerctlError =>
  new DockerctlError({
    code: 'invalid-certificate',
    message: `${path} is not the key of the authority's certificate beside it: what it signs would be refused.`,
    hint: 'restore key and certificate from the same backup',
  });
