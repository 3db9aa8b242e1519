import { existsSync } from 'node:fs';
import type { Exec, RunOptions, RunResult } from './host.js';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** What systemctl --user and rootless docker need to find their sockets; nothing else of the caller's is passed on. */
const KEPT = ['XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS', 'HOME'];
const MOST_OUTPUT = 64 * 1024 * 1024;
/** How long after its end, or its killing, a program's output may stay open. */
const CLOSING_MS = 200;

type Environment = Readonly<Record<string, string | undefined>>;

/** Processes by execa, loaded only when the first one is needed: most read-only commands start none. */
export function createExec(env: Environment): Exec {
  return {
    run: (argv, options) => run(argv, { options: options ?? {}, env }),
    lines: (argv, signal) => lines(argv, { signal, env }),
    interactive: (argv) => interactive(argv, env),
    kill: (pid, signal) => {
      try {
        return process.kill(pid, signal);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
        throw error;
      }
    },
  };
}

type Argv = readonly [string, ...string[]];

async function run(
  argv: Argv,
  { options, env }: { options: RunOptions; env: Environment },
): Promise<RunResult> {
  refuseMissing(argv[0], options.env?.PATH ?? PATH);
  const { execa } = await import('execa');
  const timeoutMs = options.timeoutMs ?? 30_000;
  const running = execa(argv[0], argv.slice(1), {
    reject: false,
    extendEnv: false,
    env: { ...fixedEnvironment(env), ...options.env },
    cwd: '/',
    stripFinalNewline: false,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_OUTPUT,
    ...(options.input === undefined ? { stdin: 'ignore' } : { input: options.input }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  // What it started may live on with its output open: that would be waited for without end.
  const limit = setTimeout(() => {
    running.stdout.destroy();
    running.stderr.destroy();
  }, timeoutMs + CLOSING_MS);
  const result = await running.finally(() => {
    clearTimeout(limit);
  });
  if (result.exitCode === undefined && !result.timedOut && result.signal === undefined)
    throw result.cause;
  return {
    status: result.exitCode ?? null,
    stdout: result.stdout,
    stderr: result.stderr,
    timedOut: result.timedOut && result.exitCode === undefined,
  };
}

/** As execvp(3) would, but without loading execa: on many machines that there is no dockerd is all we want to know. */
function refuseMissing(program: string, path: string): void {
  const places = program.includes('/') ? [''] : path.split(':').map((folder) => `${folder}/`);
  if (places.some((place) => existsSync(`${place}${program}`))) return;
  throw Object.assign(new Error(`spawn ${program} ENOENT`), { code: 'ENOENT' });
}

async function* lines(
  argv: Argv,
  { signal, env }: { signal: AbortSignal; env: Environment },
): AsyncGenerator<string> {
  const { execa } = await import('execa');
  const child = execa(argv[0], argv.slice(1), {
    reject: false,
    extendEnv: false,
    env: fixedEnvironment(env),
    cwd: '/',
    stdin: 'ignore',
    stderr: 'ignore',
    buffer: false,
    cancelSignal: signal,
  });
  try {
    yield* child;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    child.kill('SIGTERM');
  }
}

interface Ended {
  readonly exitCode?: number;
  readonly signal?: string;
  readonly cause?: unknown;
}

/** An editor needs the person's own environment: TERM, HOME, LANG. */
async function interactive(argv: Argv, env: Environment): Promise<number> {
  const { execa } = await import('execa');
  const result: Ended = await execa(argv[0], argv.slice(1), {
    reject: false,
    extendEnv: false,
    env,
    stdio: 'inherit' as const,
  });
  if (result.exitCode === undefined && result.signal === undefined) throw result.cause;
  return result.exitCode ?? 1;
}

function fixedEnvironment(env: Environment): Record<string, string> {
  const fixed: Record<string, string> = { PATH, LC_ALL: 'C.UTF-8' };
  for (const name of KEPT) if (env[name] !== undefined) fixed[name] = env[name];
  return fixed;
}
