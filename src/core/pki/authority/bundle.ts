import type { Certificate } from '../x509/read-certificate.js';
import { toPem } from '../keys/pem.js';

/** A certificate with all that a server needs beside it. PEM; `key` null where somebody else holds it. */
export interface Bundle {
  readonly name: string;
  readonly certificate: Certificate;
  /** From the leaf's issuer up to, but without, the root. */
  readonly chain: readonly Certificate[];
  readonly root: Certificate;
  readonly key: string | null;
  /** The root goes out with the chain, too. */
  readonly withRoot?: boolean;
}

/** A file to be written: a key is 0600 and never shown. */
export interface BundleFile {
  readonly file: string;
  readonly text: string;
  readonly isKey: boolean;
}

/** The names that servers want; docker clients read `NAME.cert` and `NAME.key` (moby registry/registry.go). */
export function bundleFiles(bundle: Bundle): BundleFile[] {
  const { name, certificate, key, root } = bundle;
  const open = (file: string, text: string): BundleFile => ({ file, text, isKey: false });
  const leaf = pemOf(certificate);
  return [
    ...(key === null ? [] : [{ file: `${name}.key`, text: key, isKey: true }]),
    open(`${name}.crt`, leaf),
    open(`${name}.fullchain.crt`, fullChain(bundle)),
    open('ca.crt', pemOf(root)),
    ...(isForClients(certificate) ? [open(`${name}.cert`, fullChain(bundle))] : []),
  ];
}

/** What a server sends: its certificate and the intermediates; the root, which clients have, only where it is wanted. */
export const fullChain = ({ certificate, chain, root, withRoot = false }: Bundle): string =>
  [certificate, ...chain, ...(withRoot ? [root] : [])].map(pemOf).join('');

export const pemOf = ({ der }: Certificate): string => toPem('CERTIFICATE', der);

/** A server's pair never goes out under the names that dockerd takes for a client's: it would hand the server's key to clients. */
const isForClients = ({ extendedKeyUsage }: Certificate): boolean =>
  extendedKeyUsage?.includes('client') ?? false;
