/**
 * Where a program in Go looks for the system's certificates (crypto/x509 root_unix.go, root_linux.go): the first file that can be
 * read, and then every file of the folders. Both lists can be exchanged by its environment.
 */
export interface SystemCertificates {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** The variables that say so: `SSL_CERT_FILE=/etc/x.pem`. */
  readonly byVariables: readonly string[];
}

const FOLDERS = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

export function systemCertificates(
  environment: ReadonlyMap<string, string>,
  usual: readonly string[],
): SystemCertificates {
  const [file, folder] = ['SSL_CERT_FILE', 'SSL_CERT_DIR'].map((name) => environment.get(name));
  const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';
  return {
    files: isSet(file) ? [file] : usual,
    folders: isSet(folder) ? folder.split(':') : FOLDERS,
    byVariables: [
      ...(isSet(file) ? [`SSL_CERT_FILE=${file}`] : []),
      ...(isSet(folder) ? [`SSL_CERT_DIR=${folder}`] : []),
    ],
  };
}

/** The texts of the folders that add something to the bundle: distributions keep the same certificates in both. */
export function beyondBundle(bundle: string, texts: readonly string[]): string[] {
  const known = new Set(blocksOf(bundle));
  return texts.filter((text) => {
    const blocks = blocksOf(text);
    return blocks.length > 0 && !blocks.every((block) => known.has(block));
  });
}

const END = '-----END CERTIFICATE-----';

function blocksOf(text: string): string[] {
  return text
    .split(END)
    .slice(0, -1)
    .map((block) => block.trim());
}
