/** How one family of distributions keeps the CA certificates that every program trusts. */
export interface SystemStore {
  /** Values of ID and ID_LIKE in /etc/os-release. */
  readonly systems: readonly string[];
  /** Where an operator puts a CA, and the ending that its tool wants. */
  readonly anchors: string;
  readonly ending: '.crt' | '.pem';
  /** The tool that compiles what programs read. */
  readonly refresh: readonly [string, ...string[]];
  /** What programs read: the check after the act. */
  readonly bundle: string;
  /** Run before `refresh` where the file `sign` is: hooks of the tool that would forget something. */
  readonly hooks?: readonly Hook[];
}

interface Hook {
  readonly sign: string;
  readonly argv: readonly [string, ...string[]];
  readonly reason: string;
}

/** Java's store follows the system's, but update-ca-certificates --fresh tells its hook only what is there, never what went. */
const DEBIAN_JAVA: Hook = {
  sign: '/etc/ca-certificates/update.d/jks-keystore',
  argv: [
    'dpkg-trigger',
    '--no-await',
    '--by-package=ca-certificates-java',
    'update-ca-certificates-java-fresh',
  ],
  reason: "compares all of Java's store with the system's",
};

/** From the tools' own manuals: update-ca-certificates(8), update-ca-trust(8), p11-kit's trust(1). The first that fits. */
export const SYSTEM_STORES: readonly SystemStore[] = [
  {
    systems: ['debian', 'ubuntu'],
    anchors: '/usr/local/share/ca-certificates',
    ending: '.crt',
    // Without --fresh a certificate that is gone leaves its links in /etc/ssl/certs behind.
    refresh: ['update-ca-certificates', '--fresh'],
    bundle: '/etc/ssl/certs/ca-certificates.crt',
    hooks: [DEBIAN_JAVA],
  },
  {
    systems: ['alpine', 'wolfi', 'chainguard', 'gentoo'],
    anchors: '/usr/local/share/ca-certificates',
    ending: '.crt',
    refresh: ['update-ca-certificates'],
    bundle: '/etc/ssl/certs/ca-certificates.crt',
  },
  {
    systems: ['fedora', 'rhel', 'centos', 'amzn', 'mageia', 'openeuler', 'azurelinux', 'mariner'],
    anchors: '/etc/pki/ca-trust/source/anchors',
    ending: '.pem',
    refresh: ['update-ca-trust', 'extract'],
    bundle: '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  },
  {
    systems: ['suse', 'opensuse', 'sles', 'sle-micro', 'opensuse-microos'],
    anchors: '/etc/pki/trust/anchors',
    ending: '.pem',
    refresh: ['update-ca-certificates'],
    bundle: '/var/lib/ca-certificates/ca-bundle.pem',
  },
  {
    systems: ['arch', 'archlinux', 'manjaro'],
    anchors: '/etc/ca-certificates/trust-source/anchors',
    ending: '.crt',
    refresh: ['update-ca-trust', 'extract'],
    bundle: '/etc/ca-certificates/extracted/tls-ca-bundle.pem',
  },
];

/** The store of the system that this os-release(5) describes; null: one we do not know, or one without such a place. */
export function systemStore(osRelease: string): SystemStore | null {
  const fields = new Map(
    osRelease.split('\n').map((line) => {
      const [name = '', value = ''] = line.split(/=(.*)/s);
      return [name.trim(), value.trim().replace(/^["']|["']$/g, '')] as const;
    }),
  );
  const names = `${fields.get('ID') ?? ''} ${fields.get('ID_LIKE') ?? ''}`
    .toLowerCase()
    .split(/\s+/);
  const found = names.map((name) => SYSTEM_STORES.find(({ systems }) => systems.includes(name)));
  return found.find((store) => store !== undefined) ?? null;
}
