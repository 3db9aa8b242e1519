import { realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DockerctlError, EXIT_STATUS } from './errors.js';

declare const __DOCKERCTL_VERSION__: string;

/** The only file that touches `process`: argv, streams and the real Host in, exit status out. */
async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.length === 1 && argv[0] === '--version') {
    process.stdout.write(`dockerctl ${__DOCKERCTL_VERSION__}\n`);
    return;
  }
  process.umask(0o077);
  // Should a promise never settle, Node would end with 0 as if all were done.
  process.exitCode = EXIT_STATUS.bug;
  const script = realpathSync(process.argv[1] ?? '');
  const [{ run }, { createNodeHost }] = await Promise.all([
    import('./cli/run.js'),
    import('./host/node.js'),
  ]);
  const status = await run(argv, {
    version: __DOCKERCTL_VERSION__,
    hostBelow: (root) =>
      createNodeHost({
        root: root === null ? null : rootFolder(root),
        script,
        installation: dirname(dirname(script)),
        version: __DOCKERCTL_VERSION__,
      }),
    // As it is, and not taken apart: each of its streams is opened by the first look at it.
    streams: process,
  });
  process.exitCode = status;
  process.stdout.write('', () => process.exit(status));
}

function rootFolder(root: string): string {
  const path = resolve(root);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new DockerctlError({
      code: 'file-not-found',
      message: `--root ${root}: there is no such folder.`,
      hint: `mkdir -p ${path}`,
    });
  return realpathSync(path);
}

// A reader that went away (`dockerctl config show | head -1`) is not our failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 70);
});

// A terminal that went away (a lost SSH session) must not end us in the middle of a change.
process.stderr.on('error', () => undefined);

void main();
