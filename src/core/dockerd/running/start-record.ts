/** One process, which no later one is taken for. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly bootId: string;
  /** Clock ticks between the start of the kernel and its own (proc_pid_stat(5), starttime). */
  readonly ticks: number;
}

/** What a dockerd was started with, noted by who started it. */
export interface StartRecord extends ProcessIdentity {
  readonly configPath: string;
  /** daemon.json as it stood there from before the start until dockerd was up; null: there was none. */
  readonly startedWith: string | null;
}

export function isOfProcess(
  record: ProcessIdentity,
  { pid, bootId, ticks }: ProcessIdentity,
): boolean {
  return record.pid === pid && record.bootId === bootId && record.ticks === ticks;
}
