import { join } from 'node:path';
import { fileError } from '../../core/text/file-error.js';
import type { Finding } from '../../core/plan/finding.js';
import { keyFile, type CertificateEntry } from '../../core/pki/authority/entry.js';
import { isKeyOf, isLocked } from '../../core/pki/keys/private-key.js';
import type { Certificate } from '../../core/pki/x509/read-certificate.js';
import { isDockerctlError, messageOf } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { INTERMEDIATE_KEY, ROOT_KEY, type Authority } from './authority.js';

/** Whether the key that signs is there, and the authority's. */
export function judgeAuthorityKey(host: Host, { folder, root, issuer }: Authority): Finding[] {
  const path = join(folder, issuer === root ? ROOT_KEY : INTERMEDIATE_KEY);
  const subject = issuer === root ? 'ca' : 'intermediate';
  if (host.fs.stat(path, { follow: true }) === null) {
    return [
      {
        code: 'authority-key-missing',
        severity: 'warning',
        subject,
        path,
        message: `${path} is not here: nothing can be signed or renewed.`,
        hint: `bring it back from where it is kept: \`install -m 600 /media/key/ca.key ${path}\``,
      },
    ];
  }
  const fault = faultOf(host, path, issuer);
  return fault === null
    ? []
    : [
        {
          code: 'authority-key-wrong',
          severity: 'error',
          subject,
          path,
          message: fault,
          hint: 'restore key and certificate of the authority from the same backup',
        },
      ];
}

/** Whether the key of a certificate of the store is there, where it is ours, and fits. */
export function judgeKey(
  host: Host,
  folder: string,
  { entry, certificate }: { readonly entry: CertificateEntry; readonly certificate: Certificate },
): Finding[] {
  const path = join(folder, keyFile(entry));
  const isThere = host.fs.stat(path) !== null;
  if (!isThere && entry.keyIsOurs !== true) return [];
  const fault = isThere ? faultOf(host, path, certificate) : `${path} is missing.`;
  if (fault === null) return [];
  return [
    {
      code: isThere ? 'certificate-key-wrong' : 'certificate-key-missing',
      severity: 'error',
      subject: entry.name,
      path,
      message: fault,
      hint: `restore it from a backup, or \`dockerctl certs renew ${entry.name}\` for a new pair`,
    },
  ];
}

/** A locked key cannot be judged without its passphrase, and signing will tell. */
function faultOf(host: Host, path: string, certificate: Certificate): string | null {
  try {
    const bytes = host.fs.read(path);
    if (isLocked(bytes)) return null;
    return isKeyOf({ path, bytes }, certificate)
      ? null
      : `${path} is not the key of the certificate beside it.`;
  } catch (error) {
    if (isDockerctlError(error)) return error.message;
    return messageOf(fileError(error, path, 'read'));
  }
}
