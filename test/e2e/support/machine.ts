import { afterAll, beforeAll } from '@jest/globals';
import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { engine } from './engine.js';

/** A booted Debian machine with systemd and dockerd; see machine.sh beside this file. */
export interface Machine {
  /** What machine.sh knows it by. */
  readonly name: string;
  /** Runs argv as root. Never throws for an exit status. */
  exec(argv: readonly string[], options?: ExecOptions): Promise<Ran>;
  /** Runs a bash script and answers its stdout; throws when it fails. For arranging and looking, not for the act. */
  sh(script: string): Promise<string>;
  /** Pulls the plug and boots again; answers once dockerd does. */
  reboot(): Promise<void>;
  /** The program under test. */
  dockerctl(...args: readonly string[]): Promise<Ran>;
  /** Exact bytes, parent folders made. */
  write(path: string, content: string | Uint8Array, mode?: string): Promise<void>;
  /** Exact bytes as UTF-8, final newline included. */
  read(path: string): Promise<string>;
}

export interface ExecOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface Ran {
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const SCRIPT = fileURLToPath(new URL('machine.sh', import.meta.url));
const ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
};
const WRITE = 'mkdir -p "$(dirname "$1")"; cat >"$1"; chmod "$2" "$1"';
/** The first run on a computer may have to build the image. */
const BOOT_MS = 20 * 60_000;

/**
 * A machine for the tests of the enclosing `describe`, taken down after them even when they fail.
 * `online`: with a way out to the package registries; `fresh`: with it, and without node and dockerctl.
 */
export function useMachine(
  options: { readonly fresh?: boolean; readonly online?: boolean } = {},
): Machine {
  const name = `${engine.suite}-${randomBytes(4).toString('hex')}`;
  let leader = '';
  beforeAll(async () => {
    const env = {
      E2E_OWNER: `${process.pid}`,
      E2E_FRESH: options.fresh ? '1' : '',
      E2E_ONLINE: options.online ? '1' : '',
    };
    ({ stdout: leader } = await execa(SCRIPT, ['up', name, engine.suite], { env }));
  }, BOOT_MS);
  afterAll(() => execa(SCRIPT, ['down', name]));
  const reboot = async () => {
    ({ stdout: leader } = await execa(SCRIPT, ['reboot', name]));
  };
  return { ...inside(() => leader), name, reboot };
}

function inside(leader: () => string): Omit<Machine, 'name' | 'reboot'> {
  const exec: Machine['exec'] = async (argv, options = {}) => {
    const ran = await execa('nsenter', ['-t', leader(), '-a', ...argv], {
      env: { ...ENVIRONMENT, ...options.env },
      extendEnv: false,
      reject: false,
      stripFinalNewline: false,
      ...(options.input === undefined ? { stdin: 'ignore' } : { input: options.input }),
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    return { status: ran.exitCode, stdout: ran.stdout, stderr: ran.stderr };
  };
  const must = async (argv: readonly string[], options?: ExecOptions) => {
    const ran = await exec(argv, options);
    if (ran.status !== 0)
      throw new Error(`${argv.join(' ')}: ${ran.status}\n${ran.stderr}${ran.stdout}`);
    return ran.stdout;
  };
  return {
    exec,
    sh: async (script) => (await must(['bash', '-euo', 'pipefail', '-c', script])).trimEnd(),
    dockerctl: (...args) => exec(['dockerctl', ...args]),
    write: async (path, content, mode = '0644') => {
      await must(['sh', '-euc', WRITE, 'sh', path, mode], { input: content });
    },
    read: (path) => must(['cat', path]),
  };
}
