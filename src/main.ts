import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';

declare const __DOCKERCTL_VERSION__: string;

/** EXIT_STATUS.bug: nothing is imported before `--version` is answered. */
const BUG = 70;

/** The only file that touches `process`: argv, streams and the real Host in, exit status out. */
async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.length === 1 && argv[0] === '--version') {
    process.stdout.write(`dockerctl ${__DOCKERCTL_VERSION__}\n`);
    return;
  }
  process.umask(0o077);
  // Should a promise never settle, Node would end with 0 as if all were done.
  process.exitCode = BUG;
  const script = realpathSync.native(process.argv[1] ?? '');
  const [{ run }, { createNodeHost }, { rootFolder }] = await Promise.all([
    import('./cli/run.js'),
    import('./host/node.js'),
    import('./host/node-root.js'),
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

// A reader that went away (`dockerctl config show | head -1`) is not our failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : BUG);
});

// A terminal that went away (a lost SSH session) must not end us in the middle of a change.
process.stderr.on('error', () => undefined);

void main();
