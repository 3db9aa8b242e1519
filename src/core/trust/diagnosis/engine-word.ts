import { parseLogLine } from '../../dockerd/observed/log-line.js';
import { printable } from '../../text/printable.js';

/** What dockerd's answer to a pull that must fail says of the registry. */
export type EngineWord =
  /** It got through. `sure`: the registry itself said that there is no such image; else a status or a wanted login. */
  | { readonly kind: 'resolves'; readonly sure: boolean; readonly says: string }
  | { readonly kind: 'refuses'; readonly cause: RefusalCause; readonly says: string }
  /** It could not be asked, or its answer says nothing. */
  | { readonly kind: 'none'; readonly why: string; readonly cause?: SilenceCause };

/** `closed`: to this user. `late`: no answer in time. `spared`: what the registry sends could end it. `unclear`: what it says. Else none runs. */
export type SilenceCause = 'closed' | 'late' | 'spared' | 'unclear';

/** `trust`: certificates, keys, TLS. `network`: nobody was reached. `answer`: somebody who does not answer as a registry does. */
export type RefusalCause = 'trust' | 'network' | 'answer';

export interface EngineAnswer {
  /** HTTP's; 0 where none came. */
  readonly status: number;
  readonly body: string;
}

type Meaning = RefusalCause | 'sure' | 'reached' | 'none';

/**
 * The words of both image stores, from moby distribution/errors.go, docker/distribution registry/client/errors.go, containerd
 * core/remotes/docker/{resolver,authorizer}.go and Go's crypto/tls, net and net/http; the first that fits, since one sentence
 * may hold several. 20.10, 26.1 and 28.5 were asked.
 */
const WORDS: readonly (readonly [RegExp, Meaning])[] = [
  [/authorization denied by plugin|invalid reference format|containerd\.sock/i, 'none'],
  [/x509:|tls:|certificate|server gave HTTP response|HTTP request to an HTTPS server/i, 'trust'],
  [/missing key |private key does not match|failed to load keypair|unable to load CA/i, 'trust'],
  [/unexpected media type|unmarshalling content|error parsing HTTP \d+|StatusCode: \d+/i, 'answer'],
  [/stopped after \d+ redirects|proxyconnect|proxy authentication required/i, 'answer'],
  [/manifest unknown|MANIFEST_UNKNOWN|name unknown|NAME_UNKNOWN/, 'sure'],
  [/unknown: </, 'answer'],
  [/unauthorized|denied|no basic auth|authentication required|insufficient_scope/i, 'reached'],
  [/repository \S{1,300} does not exist|\bnot found\b/i, 'reached'],
  [/toomanyrequests|429 Too Many|40[13] (?:Unauthorized|Forbidden)/i, 'reached'],
  [/connection refused|connection reset|no such host|server misbehaving/i, 'network'],
  [/timeout|deadline exceeded|unreachable|no route to host|\bEOF\b|dial tcp/i, 'network'],
];

export function readEngineWord({ status, body }: EngineAnswer): EngineWord {
  const words = wordsIn(body);
  const says = printable(words === '' ? `status ${status}` : words, 400);
  if (status === 0)
    return { kind: 'none', cause: 'late', why: `dockerd gave no answer in time (${says})` };
  return wordOf(meaningOf(words) ?? 'answer', says);
}

/**
 * The same of another program that was made to pull (skopeo, podman, ctr), by what it wrote to stderr. One that succeeds was given
 * an image, by a registry that has one of every name.
 */
export function readPullerWord({
  status,
  stderr,
}: {
  readonly status: number | null;
  readonly stderr: string;
}): EngineWord {
  if (status === 0) return { kind: 'resolves', sure: true, says: '' };
  const line = stderr.split('\n').findLast((one) => one.trim() !== '') ?? '';
  const words = parseLogLine(line).message;
  return wordOf(meaningOf(words) ?? 'none', printable(words, 400));
}

function meaningOf(words: string): Meaning | undefined {
  return WORDS.find(([pattern]) => pattern.test(words))?.[1];
}

function wordOf(meaning: Meaning, says: string): EngineWord {
  if (meaning === 'none') return { kind: 'none', cause: 'unclear', why: `it says: ${says}` };
  if (meaning === 'sure' || meaning === 'reached')
    return { kind: 'resolves', sure: meaning === 'sure', says };
  return { kind: 'refuses', cause: meaning, says };
}

/** The error of a JSON answer, or of the last line of a progress stream that has one. */
function wordsIn(body: string): string {
  const lines = body.split(/\r?\n/).filter((line) => line.trim() !== '');
  const errors = lines.flatMap((line) => {
    try {
      const { message, error } = JSON.parse(line) as { message?: unknown; error?: unknown };
      return [message, error].filter((text) => typeof text === 'string');
    } catch {
      return [];
    }
  });
  return errors.at(-1) ?? lines.at(-1) ?? '';
}
