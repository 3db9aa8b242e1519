/** A package database of a distribution, and how it says whose a file is. */
export interface PackageDatabase {
  /** Where it is, this folder is. */
  readonly sign: string;
  readonly ask: (path: string) => readonly [string, ...string[]];
  /** The package that an answer with status 0 names; null where it names none. */
  readonly read: (stdout: string) => string | null;
}

/** dpkg-query(1), rpm(8). Debian carries an rpm without packages, so that dpkg comes first. */
export const PACKAGE_DATABASES: readonly PackageDatabase[] = [
  {
    sign: '/var/lib/dpkg/info',
    // It takes patterns: what is special in them is meant as it is.
    ask: (path) => ['dpkg-query', '--search', path.replace(/[*?[\\]/g, '\\$&')],
    // `docker.io: /etc/docker/daemon.json`, `a, b:amd64: /etc/docker`; diversions have lines of their own.
    read: (stdout) => {
      const owned = stdout.split('\n').find((line) => !/^(?:local )?diversion /.test(line));
      return /^(.+?): \//.exec(owned ?? '')?.[1] ?? null;
    },
  },
  ...['/usr/lib/sysimage/rpm', '/var/lib/rpm'].map((sign): PackageDatabase => ({
    sign,
    ask: (path) => ['rpm', '--query', '--file', '--queryformat', '%{NAME}\\n', path],
    read: (stdout) => stdout.split('\n').find((line) => line !== '') ?? null,
  })),
];
