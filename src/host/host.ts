/**
 * The machine, as a port of primitives. Everything outside core reaches the world through one `Host`;
 * src/host/node*.ts implements it; tests use the same below a temporary folder.
 *
 * All paths are absolute and logical: below `--root` when there is one. Errors are Node's own
 * (`error.code` is ENOENT, EACCES…): callers wrap them where they know what the path means.
 */
export interface Host {
  readonly fs: FileSystem;
  readonly exec: Exec;
  readonly net: Net;
  readonly clock: Clock;
  readonly random: Random;
  readonly watch: Watch;
  readonly signals: Signals;
  readonly self: Self;
}

/** Signals sent to us. While a handler is there, the signal does what the handler does and no longer ends us. */
export interface Signals {
  /** Returns the way to take the handler away again. */
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGTSTP', handler: () => void): () => void;
}

/** Who and where we are. */
export interface Self {
  readonly uid: number;
  readonly gid: number;
  readonly pid: number;
  /** The person behind sudo where there is one, else the user's name. */
  readonly user: string;
  readonly hostname: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--root` as given, or null. Nothing is activated below a root. */
  readonly root: string | null;
  /** The argv that starts this very dockerctl again: what a systemd unit or timer must call. */
  readonly command: readonly [string, ...string[]];
  readonly version: string;
}

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'link' | 'socket' | 'other';
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly inode: number;
  readonly device: number;
  readonly links: number;
  readonly modifiedMs: number;
  readonly changedMs: number;
}

/**
 * Synchronous on purpose: the critical section of `apply` then runs its system calls in one order on one thread,
 * and can be killed before every one of them in a test.
 */
export interface FileSystem {
  /** At most `limit` bytes (default 16 MiB); a larger file throws EFBIG. Follows links. Never blocks on a FIFO or device. */
  read(path: string, limit?: number): Uint8Array;
  /** What an inherited descriptor gives until its end, a pipe too; more than `limit` bytes throw EFBIG. EBADF when it is not open. */
  readDescriptor(descriptor: number, limit: number): Uint8Array;
  /**
   * A file that the operator named on the command line: relative to the current folder, and outside the root; where
   * nothing is there, below it. Else like `read`.
   */
  readGiven(path: string, limit?: number): Uint8Array;
  /** null when nothing is there. Does not follow a link unless asked. */
  stat(path: string, options?: { readonly follow?: boolean }): FileStat | null;
  /** Names in byte order; ENOENT and ENOTDIR are thrown. */
  list(path: string): string[];
  /** The path with every link resolved inside the root; ENOENT when the target is missing. */
  realpath(path: string): string;
  readLink(path: string): string;
  /** Creates a regular file (O_CREAT|O_EXCL|O_NOFOLLOW, mode 0600), writes all bytes, fsyncs, then sets mode and owner. */
  create(path: string, bytes: Uint8Array, access?: Access): void;
  /** `create` of files with mode 0600 on one file system, made durable all at once. Where it rejects, none of them is there. */
  createAll(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Promise<void>;
  /** Writes in place without truncating first, cuts to length, fsyncs. For bind-mounted files, where rename gives EBUSY. */
  overwrite(path: string, bytes: Uint8Array): void;
  /** Appends and fsyncs. */
  append(path: string, bytes: Uint8Array): void;
  /** Mode, owner, ACLs and extended attributes (the SELinux label among them) of `from` onto `to`. */
  copyAttributes(from: string, to: string): void;
  /** Sets mode and owner, and fsyncs: what was copied or set before is durable too. */
  setAccess(path: string, access: Access): void;
  rename(from: string, to: string): void;
  link(existing: string, path: string): void;
  symlink(target: string, path: string): void;
  unlink(path: string): void;
  makeFolder(path: string, mode: number): void;
  removeFolder(path: string): void;
  /** Makes names in this folder durable. */
  syncFolder(path: string): void;
  /** Of the file system that holds `path`; free for us. */
  space(path: string): { readonly freeBytes: number; readonly sizeBytes: number };
  /**
   * An exclusive advisory lock that the kernel releases when we die; a missing file is made, mode 0600. Resolves to its
   * release, or null when it is still held by another after `waitMs`.
   */
  lock(path: string, waitMs: number): Promise<(() => Promise<void>) | null>;
  /** A file of this installation: `templates/dockerctl.service`, `certs/harbor.json5`. */
  readAsset(name: string): Uint8Array;
  listAssets(folder: string): string[];
}

export interface Access {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface Exec {
  /**
   * Runs argv without a shell, with a fixed environment (PATH, LC_ALL=C, and `env`), below no root. Never throws for a
   * status; throws ENOENT when there is no such program. `timeoutMs` default 30 s, then SIGKILL, and nobody waits for what
   * it started, even where that keeps its output open.
   */
  run(argv: readonly [string, ...string[]], options?: RunOptions): Promise<RunResult>;
  /** The lines of a long-running program's stdout until it ends or `signal` aborts. */
  lines(argv: readonly [string, ...string[]], signal: AbortSignal): AsyncIterable<string>;
  /** Gives the program our terminal: $EDITOR. Resolves to its status. */
  interactive(argv: readonly [string, ...string[]]): Promise<number>;
  /** Sends a signal; false when there is no such process. */
  kill(pid: number, signal: 'SIGHUP' | 'SIGTERM' | 'SIGKILL' | 0): boolean;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface RunResult {
  /** Exit status; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** `unix:/run/docker.sock` is reached through `socketPath`; else http: or https: to `host`:`port`. */
  readonly socketPath?: string;
  readonly scheme?: 'http' | 'https';
  readonly host?: string;
  readonly port?: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly tls?: TlsMaterial;
  /** Whole request, connect to last byte. Default 15 s. */
  readonly timeoutMs?: number;
  /** A longer body is cut and the request ended. Default 4 MiB. */
  readonly limit?: number;
  /** How the body's bytes become text; latin1 keeps every byte. Default utf8. */
  readonly encoding?: 'utf8' | 'latin1';
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Where Go's crypto/x509 (root_linux.go) looks for the system's bundle, in its order: what dockerd trusts. */
export const SYSTEM_BUNDLES: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

export interface TlsMaterial {
  /** PEM bundles added to the system's roots unless `systemRoots` is false. */
  readonly ca?: readonly string[];
  readonly systemRoots?: boolean;
  readonly cert?: string;
  readonly key?: string | Uint8Array;
  readonly servername?: string;
  /** Default true. */
  readonly verify?: boolean;
}

export interface TlsHandshake {
  readonly authorized: boolean;
  /** OpenSSL's word, such as UNABLE_TO_VERIFY_LEAF_SIGNATURE; null when authorized. */
  readonly error: string | null;
  readonly protocol: string;
  /** Certificates as the server sent them, DER, leaf first. */
  readonly chain: readonly Uint8Array[];
  readonly address: string;
}

/** Every method is bounded by `timeoutMs` and rejects with Node's error (ECONNREFUSED, ETIMEDOUT, ENOTFOUND…). */
export interface Net {
  request(request: HttpRequest): Promise<HttpResponse>;
  /** The lines of an endless answer (GET /events). Ends when `signal` aborts or the peer closes. */
  stream(request: HttpRequest, signal: AbortSignal): AsyncIterable<string>;
  handshake(target: {
    readonly host: string;
    readonly port: number;
    readonly tls: TlsMaterial;
    readonly timeoutMs: number;
  }): Promise<TlsHandshake>;
  resolve(host: string, timeoutMs: number): Promise<string[]>;
  /** Answers GET on a loopback address or a unix socket until `signal` aborts; resolves once it listens. `answer` gets the path. */
  serve(
    address: { readonly host: string; readonly port: number } | { readonly path: string },
    answer: (path: string) => HttpAnswer,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  bytes(count: number): Uint8Array;
}

export interface WatchListener {
  /** Something changed; `name`: of the entry in the folder, or of the folder itself where that went; null where it is not known. */
  readonly changed: (name: string | null) => void;
  readonly failed: (error: unknown) => void;
}

export interface Watch {
  /**
   * Tells of changes directly inside the folder (not below) until the answer is called, and once when it has begun to. A hint,
   * not a log: a full scan must back it up. Throws ENOENT; fails with ENOSPC or EMFILE where the kernel has no more watches.
   */
  folder(path: string, listener: WatchListener): () => void;
}
