import type { Finding } from '../../core/plan/finding.js';
import { PACKAGE_DATABASES } from '../../core/text/package-owner.js';
import type { Host } from '../../host/host.js';

/** A process a file: who has more files adrift is told of these. */
const MOST_FILES = 5;

/** The findings, those about a file of a package with a word on it: an update may be what wrote it, and may again. */
export async function namePackages<F extends Finding>(
  host: Host,
  findings: readonly F[],
): Promise<F[]> {
  const paths = [...new Set(findings.flatMap(({ path }) => path ?? []))].slice(0, MOST_FILES);
  const owners = new Map(
    await Promise.all(paths.map(async (path) => [path, await packageOf(host, path)] as const)),
  );
  return findings.map((finding) => {
    const owner = owners.get(finding.path ?? '') ?? null;
    if (owner === null) return finding;
    return { ...finding, message: `${finding.message}; the file is of the package ${owner}` };
  });
}

async function packageOf(host: Host, path: string): Promise<string | null> {
  // The programs of this machine know its own packages, not those of a tree below it.
  if (host.self.root !== null) return null;
  const database = PACKAGE_DATABASES.find(({ sign }) => host.fs.stat(sign) !== null);
  if (database === undefined) return null;
  try {
    const { status, stdout } = await host.exec.run(database.ask(path), { timeoutMs: 5_000 });
    return status === 0 ? database.read(stdout) : null;
  } catch {
    return null;
  }
}
