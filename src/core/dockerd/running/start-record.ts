/** One process, which no later one is taken for. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly bootId: string;
  /** Clock ticks between the start of the kernel and its own (proc_pid_stat(5), starttime). */
  readonly ticks: number;
}

/** What a dockerd was started with, noted while it could be known. */
export interface StartRecord extends ProcessIdentity {
  readonly configPath: string;
  /** daemon.json as it stood there from before the start until dockerd was up; null: there was none. */
  readonly startedWith: string | null;
  /** `start`: noted by who started it; `times`: by who found the file older than the process. */
  readonly by: 'start' | 'times';
}

export function isOfProcess(
  record: ProcessIdentity,
  { pid, bootId, ticks }: ProcessIdentity,
): boolean {
  return record.pid === pid && record.bootId === bootId && record.ticks === ticks;
}
