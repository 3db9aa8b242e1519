import { join } from 'node:path';
import type { Bundle } from '../core/pki/bundle.js';
import { certificateFile, type Entry } from '../core/pki/entry.js';
import { readCertificate, readCertificates } from '../core/pki/read-certificate.js';
import { fileError } from '../core/file-error.js';
import { printable } from '../core/printable.js';
import { DockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import { readStoredKey, type IssuedCertificate } from './authority-issue.js';
import { chainOf, type Authority } from './authority.js';

/** The certificate in force under `name`. Throws `not-found`. */
export function findCurrent({ entries, folder }: Authority, name: string): Entry {
  const current = entries.filter(({ place }) => place === 'current');
  const found = current.find((entry) => entry.name === name || entry.serial === name.toLowerCase());
  if (found !== undefined) return found;
  const names = current.slice(0, 8).map((entry) => entry.name);
  throw new DockerctlError({
    code: 'not-found',
    message: `There is no certificate "${printable(name)}" in ${folder}.`,
    hint: names.length === 0 ? 'dockerctl certs issue --domain NAME' : `one of ${names.join(', ')}`,
  });
}

/** A certificate of the store with its key and chain. */
export function readBundle(host: Host, authority: Authority, entry: Entry): Bundle {
  const { folder, root } = authority;
  const path = join(folder, certificateFile(entry));
  try {
    const [certificate] = readCertificates(host.fs.read(path), path);
    const key = readStoredKey(host, folder, entry);
    return {
      name: entry.name,
      certificate: certificate ?? root,
      chain: chainOf(authority),
      root,
      key,
    };
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

export const bundleOf = (authority: Authority, { entry, der, key }: IssuedCertificate): Bundle => ({
  name: entry.name,
  certificate: readCertificate(der, entry.name),
  chain: chainOf(authority),
  root: authority.root,
  key,
});
