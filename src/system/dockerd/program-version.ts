import type { Host } from '../../host/host.js';

/** Where Debian's, docker's own and static installations have it. */
const PROGRAMS = ['/usr/bin/dockerd', '/usr/sbin/dockerd', '/usr/local/bin/dockerd'];
const LONGEST_SCRIPT = 1024 * 1024;

/**
 * What `dockerd --version` says of the program that the unit runs, `named`; null where none says. A script in its place is
 * never run: it may do anything, and need not end.
 */
export async function binaryVersion(host: Host, named: string | undefined): Promise<string | null> {
  const program = named !== undefined && /^\/.*\/dockerd$/.test(named) ? named : 'dockerd';
  const dockerd = program.startsWith('/') && isScript(host, program) ? realOne(host) : program;
  if (dockerd === null) return null;
  try {
    const { stdout } = await host.exec.run([dockerd, '--version'], { timeoutMs: 5_000 });
    return versionIn(stdout);
  } catch {
    return null;
  }
}

/** The first three numbers with dots between them. */
export function versionIn(text: unknown): string | null {
  return typeof text === 'string'
    ? (/(?<!\d)\d{1,9}\.\d{1,9}\.\d{1,9}/.exec(text)?.[0] ?? null)
    : null;
}

function realOne(host: Host): string | null {
  return PROGRAMS.find((path) => isProgram(host, path) && !isScript(host, path)) ?? null;
}

function isProgram({ fs }: Host, path: string): boolean {
  return fs.stat(path, { follow: true })?.kind === 'file';
}

function isScript({ fs }: Host, path: string): boolean {
  try {
    const [first, second] = fs.read(path, LONGEST_SCRIPT);
    return first === 0x23 && second === 0x21;
  } catch {
    return false;
  }
}
