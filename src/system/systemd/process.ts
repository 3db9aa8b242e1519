import { basename } from 'node:path';
import { systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';

/** A process that runs, by its command line. */
export interface Process {
  readonly pid: number;
  readonly argv: readonly string[];
}

/** The dockerd that a pid file names; null when it is gone, or when the number belongs to another program by now. */
export function dockerdOfPidFile(host: Host, pidFile: string): Process | null {
  const pid = pidIn(host, pidFile);
  const found = pid === null ? null : processOf(host, pid);
  return found !== null && isDockerd(host, found.pid) ? found : null;
}

/** NixOS wraps its programs under such a name. */
const DOCKERD = /^(dockerd|\.dockerd-wrapped)$/;

/**
 * Whether the program of this process is dockerd itself: nothing else may be signalled. Where its program is closed to us
 * (an agent without CAP_SYS_PTRACE, a plain user), both its own name and its command line must say so: of a script that is
 * called dockerd, the command line begins with the shell.
 */
export function isDockerd(host: Host, pid: number): boolean {
  const program = programOf(host, pid);
  if (program !== null) return DOCKERD.test(program);
  const name = readText(host, `/proc/${pid}/comm`)?.trim() ?? 'dockerd';
  const [first = ''] = processOf(host, pid)?.argv ?? [];
  return /^\.?dockerd/.test(name) && /(^|\/)dockerd$/.test(first);
}

/** The name of the file that a process runs (/proc/PID/exe, proc_pid_exe(5)); null where that is closed to us. */
export function programOf(host: Host, pid: number): string | null {
  try {
    // A package that was upgraded meanwhile has taken the file away.
    return basename(host.fs.readLink(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
  } catch {
    return null;
  }
}

/** The dockerd that another program, such as a wrapper script without `exec`, started and waits for. */
export function dockerdBelow(host: Host, pid: number): Process | null {
  const children = readText(host, `/proc/${pid}/task/${pid}/children`) ?? '';
  const child = children.split(' ').find((one) => one !== '' && isDockerd(host, Number(one)));
  return child === undefined ? null : processOf(host, Number(child));
}

/** Whether the process that a pid file names is gone, or waits only to be reaped. Without such a file nothing has ended. */
export function hasEnded(host: Host, pidFile: string): boolean {
  const pid = pidIn(host, pidFile);
  return pid !== null && (processOf(host, pid)?.argv.length ?? 0) === 0;
}

function pidIn(host: Host, pidFile: string): number | null {
  const pid = Number((readText(host, pidFile) ?? '').trim());
  return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
}

/** null when there is no such process. A process without arguments (a zombie, a kernel thread) has an empty argv. */
export function processOf(host: Host, pid: number): Process | null {
  const text = readText(host, `/proc/${pid}/cmdline`);
  return text === null ? null : { pid, argv: text.split('\0').slice(0, -1) };
}

/** Its variables as it was started; null where they are not for us to see. */
export function environmentOf(host: Host, pid: number): ReadonlyMap<string, string> | null {
  const text = readText(host, `/proc/${pid}/environ`);
  if (text === null) return null;
  const variables = text.split('\0').slice(0, -1);
  return new Map(
    variables.map((variable): [string, string] => {
      const equals = variable.indexOf('=');
      return [variable.slice(0, equals), variable.slice(equals + 1)];
    }),
  );
}

/** When it was started, in clock ticks since the kernel was (proc_pid_stat(5), starttime); null when it is gone. */
export function startTicks(host: Host, pid: number): number | null {
  // The name before may hold blanks and parentheses.
  const fields = /\) (.*)$/s.exec(readText(host, `/proc/${pid}/stat`) ?? '')?.[1]?.split(' ');
  const ticks = Number(fields?.[19]);
  return Number.isSafeInteger(ticks) ? ticks : null;
}

/** Whoever it belongs to. */
export function isRunning(host: Host, pid: number): boolean {
  try {
    return host.exec.kill(pid, 0);
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

/** By SIGSTOP or SIGTSTP (proc_pid_stat(5)); one that a debugger holds is not. */
export function isStopped(host: Host, pid: number): boolean {
  // The name before it may hold blanks and parentheses.
  return /\) T [^)]*$/.test(readText(host, `/proc/${pid}/stat`) ?? '');
}

export function hasOpen(host: Host, pid: number, path: string): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return host.fs.list(folder).some((name) => host.fs.readLink(`${folder}/${name}`) === path);
  } catch {
    return false;
  }
}

/** null when the file cannot be read, for whatever reason. */
export function readText(host: Host, path: string): string | null {
  try {
    return Buffer.from(host.fs.read(path)).toString('utf8');
  } catch {
    return null;
  }
}
