import { parseLogLine } from '../../dockerd/observed/log-line.js';
import { readEngineWord, type EngineWord } from './engine-word.js';

/** moby distribution/pull.go: one line a mirror, in their order, and in it only sometimes which. */
const NEXT_ENDPOINT = 'Attempting next endpoint for pull after error: ';
/** containerd core/remotes/docker/resolver.go, with the field `host`. */
const NEXT_HOST = /^(?:trying next host|fetch failed)/;

/**
 * What dockerd wrote of each mirror of Docker Hub while it looked for an image that nobody has: it asks them one after the
 * other, in both of its stores of images. `hosts` as dockerd has them, in their order; of one that is missing it wrote nothing.
 */
export function readMirrorWords(
  lines: readonly string[],
  hosts: readonly string[],
): ReadonlyMap<string, EngineWord> {
  const words = new Map<string, EngineWord>();
  const inOrder = [...hosts];
  for (const line of lines) {
    const { message, error } = parseLogLine(line);
    const host = NEXT_HOST.test(message) ? hostIn(line) : null;
    if (host !== null && hosts.includes(host)) {
      const body = error ?? 'not found';
      words.set(host, readEngineWord({ status: 500, body }));
    }
    const next = message.startsWith(NEXT_ENDPOINT) ? inOrder.shift() : undefined;
    if (next !== undefined)
      words.set(next, readEngineWord({ status: 500, body: message.slice(NEXT_ENDPOINT.length) }));
  }
  return words;
}

/** The field of a line of logrus, as text or as JSON. */
function hostIn(line: string): string | null {
  const [, quoted, bare] = /[ ,"]host"?[=:](?:"([^"\s]{1,300})"|([^\s"]{1,300}))/.exec(line) ?? [];
  return quoted ?? bare ?? null;
}
