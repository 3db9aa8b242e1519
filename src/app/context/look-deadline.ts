import { DockerctlError, systemErrorCode } from '../../errors.js';
import type { Exec, FileSystem, Host, Net } from '../../host/host.js';

export interface BoundedHost {
  readonly host: Host;
  /** What work on files ran into, if it did: an answer that was put together after that is none. */
  readonly exceeded: () => DockerctlError | null;
}

/** No call takes longer, however much time the command has: what comes after it needs some, too. */
const LONGEST_SHARE = 0.5;
/** Of programs that look, after the time is over: so much, for what they say is needed to say anything. */
const LEAST_MS = 100;

/**
 * A host that looks for at most `limitMs`, all in all: calls of engines and registries, programs, and work on files.
 * Who has not answered in time once is not asked again; what a program has not said by then it does not say; work on
 * files ends with the error that `exceeded` gives. Nothing that writes is bounded.
 */
export function boundedHost(host: Host, { limitMs, commandLine }: Limit): BoundedHost {
  const end = host.clock.monotonic() + limitMs;
  const left = () => end - host.clock.monotonic();
  let error: DockerctlError | null = null;
  const inTime = <Result>(look: () => Result): Result => {
    if (left() < 0) throw (error ??= tooLong({ commandLine, limitMs }, SLOW_FILES));
    return look();
  };
  const most = (timeoutMs: number) => Math.min(timeoutMs, left(), limitMs * LONGEST_SHARE);
  return {
    host: {
      ...host,
      fs: boundedFiles(host.fs, inTime),
      net: boundedNet(host.net, most),
      exec: boundedExec(host.exec, left),
    },
    exceeded: () => error,
  };
}

type InTime = <Result>(look: () => Result) => Result;

function boundedFiles(fs: FileSystem, inTime: InTime): FileSystem {
  return {
    ...fs,
    read: (path, limit) => inTime(() => fs.read(path, limit)),
    readGiven: (path, limit) => inTime(() => fs.readGiven(path, limit)),
    stat: (path, options) => inTime(() => fs.stat(path, options)),
    list: (path) => inTime(() => fs.list(path)),
    realpath: (path) => inTime(() => fs.realpath(path)),
    readLink: (path) => inTime(() => fs.readLink(path)),
  };
}

const CALL_MS = 15_000;

function boundedNet(net: Net, most: (timeoutMs: number) => number): Net {
  const silent = new Set<string>();
  const ask = async <Answer>(
    whom: string,
    timeoutMs: number,
    call: (timeoutMs: number) => Promise<Answer>,
  ): Promise<Answer> => {
    const bounded = silent.has(whom) ? 0 : most(timeoutMs);
    if (bounded <= 0) throw noAnswer(whom);
    try {
      return await call(bounded);
    } catch (error) {
      if (systemErrorCode(error) === 'ETIMEDOUT') silent.add(whom);
      throw error;
    }
  };
  return {
    ...net,
    request: (request) => {
      const { socketPath, host = 'localhost', port = 0 } = request;
      return ask(socketPath ?? `${host}:${port}`, request.timeoutMs ?? CALL_MS, (timeoutMs) =>
        net.request({ ...request, timeoutMs }),
      );
    },
    handshake: (target) =>
      ask(`${target.host}:${target.port}`, target.timeoutMs, (timeoutMs) =>
        net.handshake({ ...target, timeoutMs }),
      ),
    resolve: (name, timeoutMs) =>
      ask(`the address of ${name}`, timeoutMs, (bounded) => net.resolve(name, bounded)),
  };
}

function boundedExec(exec: Exec, left: () => number): Exec {
  return {
    ...exec,
    run: (argv, options) =>
      exec.run(argv, {
        ...options,
        timeoutMs: Math.max(LEAST_MS, Math.min(options?.timeoutMs ?? 30_000, left())),
      }),
  };
}

function noAnswer(whom: string): Error {
  const message = `${whom}: it has not answered in time before, and is not asked again`;
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
}

const SLOW_FILES = 'there are too many files to look at, or the disk is too slow';

interface Limit {
  readonly limitMs: number;
  readonly commandLine: string;
}

/** `why` is the second half of a sentence. */
export function tooLong({ commandLine, limitMs }: Limit, why: string): DockerctlError {
  const again = commandLine.replace(/ ?--timeout[ =]\S+/, '').trim();
  return new DockerctlError({
    code: 'timed-out',
    message: `It has not ended within ${limitMs / 1000} s: ${why}.`,
    hint: `\`dockerctl ${again} --timeout ${Math.ceil((limitMs / 1000) * 6)}\``,
  });
}
