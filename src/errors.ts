/**
 * Every way a command can fail, and the exit status the shell sees.
 * Statuses are the contract of docs/cli.md; a new error is a new row here, never a branch elsewhere.
 */
export const EXIT_STATUS = {
  // 2: the command line is wrong
  usage: 2,
  'answer-needed': 2,
  // 3: an input file or value is wrong; nothing was written
  'invalid-value': 3,
  'invalid-json': 3,
  'duplicate-key': 3,
  'not-strict-json': 3,
  'unknown-key': 3,
  'invalid-config': 3,
  'invalid-registry-name': 3,
  'invalid-certificate': 3,
  'invalid-declaration': 3,
  'file-not-found': 3,
  'file-unreadable': 3,
  'file-not-writable': 3,
  'not-found': 3,
  exists: 3,
  'stale-plan': 3,
  'containers-would-stop': 3,
  'no-daemon': 3,
  'cannot-restart': 3,
  // 4: dockerd refused or did not come up; the machine is as before
  'rolled-back': 4,
  'daemon-refused': 4,
  'containers-lost': 4,
  // 5: rolled back and still unhealthy
  'rollback-failed': 5,
  'daemon-down': 5,
  'journal-damaged': 5,
  // 6
  locked: 6,
  // 7
  'not-permitted': 7,
  // 8: a remote end failed
  'remote-failed': 8,
  'timed-out': 8,
  // 70
  bug: 70,
  // 130: Ctrl-C at a question, as shells have it
  interrupted: 130,
} as const;

export type ErrorCode = keyof typeof EXIT_STATUS;

export interface ErrorParts {
  readonly code: ErrorCode;
  /** What happened, and why, in one or two sentences. */
  readonly message: string;
  /** What to type next. Starts with a verb; printed after `Try: `. */
  readonly hint: string;
  readonly cause?: unknown;
  /** Findings, containers, plans: what `--json` readers want beside the message. Never a secret. */
  readonly details?: unknown;
}

/** The one error class. Tell errors apart by `code`, never by `instanceof`. */
export class DockerctlError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly details: unknown;

  constructor(parts: ErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'DockerctlError';
    this.code = parts.code;
    this.hint = parts.hint;
    this.details = parts.details;
  }
}

export function isDockerctlError(error: unknown): error is DockerctlError {
  return hasMessage(error) && 'name' in error && error.name === 'DockerctlError';
}

/** The time of the whole command is over: what looks at many things one by one is to stop, and not to go on with the next. */
export function isOverdue(error: unknown): boolean {
  return isDockerctlError(error) && error.code === 'timed-out';
}

/** The result of `make`, or the DockerctlError that it threw, as a value; `ready` throws it where the result is needed. */
export function attempt<Value>(make: () => Value): Value | DockerctlError {
  try {
    return make();
  } catch (error) {
    if (isDockerctlError(error)) return error;
    throw error;
  }
}

/** The same of what is waited for. */
export async function attemptAsync<Value>(
  make: () => Promise<Value>,
): Promise<Value | DockerctlError> {
  try {
    return await make();
  } catch (error) {
    if (isDockerctlError(error)) return error;
    throw error;
  }
}

export function ready<Value>(value: Value | DockerctlError): Value {
  if (isDockerctlError(value)) throw value;
  return value;
}

/** The `code` of a Node system error (ENOENT, EACCES…), or undefined. */
export function systemErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  if (isDockerctlError(error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The message of anything that can be thrown. */
export function messageOf(error: unknown): string {
  return hasMessage(error) ? error.message : String(error);
}

/** `instanceof Error` is false for an error of another realm, such as Node's own in a vm context. */
function hasMessage(error: unknown): error is Error {
  return (
    typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    typeof error.message === 'string'
  );
}
