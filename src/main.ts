import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';

declare const __DOCKERCTL_VERSION__: string;

/** EXIT_STATUS.bug and that of file-not-writable: nothing is imported before `--version` is answered. */
const BUG = 70;
const UNWRITTEN = 3;

/** Touches `process`, as only host/node*.ts does beside it: argv, streams and the real Host in, exit status out. */
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
  process.stdout.write('', () => {
    if (process.stdout.errored === null) process.exit(status);
    unanswered(process.stdout.errored);
  });
}

/** A reader that went away (`dockerctl config show | head -1`) is not our failure; a full disk is. */
function unanswered(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(
    `dockerctl: The answer could not be written to stdout: ${error.message}.\nTry: write it elsewhere; \`dockerctl config history\` says what was changed\n`,
  );
  process.exit(UNWRITTEN);
}

process.stdout.on('error', unanswered);

// A terminal that went away (a lost SSH session) must not end us in the middle of a change.
process.stderr.on('error', () => undefined);

/** Node's own end of a crash is 1, which says that a check found something. */
function crashed(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  const few = code === 'EMFILE' || code === 'ENFILE';
  process.stderr.write(
    few
      ? 'dockerctl: This process may open no more files.\nTry: `ulimit -n 1024`, then the same command\n'
      : `dockerctl: This is a bug in dockerctl: ${message}\nTry: DOCKERCTL_DEBUG=1 with the same command, and report what it prints\n`,
  );
  process.exit(few ? UNWRITTEN : BUG);
}

process.on('uncaughtException', crashed);
void main().catch(crashed);
