import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, PEM. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

export interface Wish {
  readonly cn: string;
  /** Lines of an OpenSSL extension section; none makes version 1. */
  readonly extensions?: readonly string[];
  /** Signs; missing: it signs itself. */
  readonly by?: Issued;
  /** Days from now that it begins and ends. */
  readonly from?: number;
  readonly until?: number;
  readonly digest?: 'sha256' | 'sha1';
}

export const CA = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
export const server = (...names: string[]): string[] => [
  'basicConstraints=CA:FALSE',
  'extendedKeyUsage=serverAuth',
  `subjectAltName=${names.join(',')}`,
];
export const CLIENT = ['basicConstraints=CA:FALSE', 'extendedKeyUsage=clientAuth'];

/**
 * A certificate by OpenSSL's own hand, odd ones too: what our own authority would never make is what clients must
 * diagnose. `folder` is a scratch folder.
 */
export function issue(folder: string, wish: Wish): Issued {
  const at = (name: string): string => join(folder, name);
  const openssl = (...argv: string[]): string =>
    execFileSync('openssl', argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', at('key'));
  openssl('req', '-new', '-key', at('key'), '-subj', `/CN=${wish.cn}`, '-out', at('csr'));
  const signer = wish.by ?? { cert: '', key: readFileSync(at('key'), 'utf8') };
  writeFileSync(at('signer.key'), signer.key);
  writeFileSync(at('signer.crt'), signer.cert);
  writeFileSync(at('index'), '');
  writeFileSync(at('serial'), randomBytes(8).toString('hex'));
  writeFileSync(at('ext'), (wish.extensions ?? []).join('\n'));
  writeFileSync(at('ca.cnf'), CONFIGURATION.replaceAll('FOLDER', folder));
  const digest = ['-md', wish.digest ?? 'sha256'];
  const period = ['-startdate', stamp(wish.from ?? -1), '-enddate', stamp(wish.until ?? 3650)];
  const parent = wish.by === undefined ? ['-selfsign'] : ['-cert', at('signer.crt')];
  const extensions = wish.extensions === undefined ? [] : ['-extfile', at('ext')];
  openssl(
    ...['ca', '-batch', '-notext', '-config', at('ca.cnf')],
    ...['-keyfile', at('signer.key'), '-in', at('csr'), '-out', at('crt')],
    ...[...digest, ...period, ...parent, ...extensions],
  );
  return { cert: readFileSync(at('crt'), 'utf8'), key: readFileSync(at('key'), 'utf8') };
}

/** DER of the first certificate in a PEM. */
export function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
}

const CONFIGURATION = `
[ca]
default_ca = here
[here]
database = FOLDER/index
serial = FOLDER/serial
new_certs_dir = FOLDER
policy = any
unique_subject = no
email_in_dn = no
[any]
commonName = optional
`;

function stamp(days: number): string {
  const date = new Date(Date.now() + days * 86_400_000);
  return date.toISOString().replace(/[-:T]|\.\d+/g, '');
}
