import type { Finding } from '../../plan/finding.js';
import { printable } from '../../text/printable.js';

/** What the engine says when it reached the registry and was told that there is no such image, or to log in. */
const REACHED =
  /manifest unknown|not found|repository \S{1,300} does not exist|unauthorized|denied|no basic auth|authentication required|insufficient_scope|name unknown/i;
/** What it says when it did not. These come first: "tls: …" may mention "not found" too. */
const NOT_REACHED =
  /x509|tls:|server gave HTTP response|connection refused|no such host|i\/o timeout|timeout|missing key|missing client certificate|private key does not match|unable to load|EOF|no route to host/i;

/** The engine's answer to a pull that must fail: the finding; none when it failed as it should. */
export function engineFinding(
  registry: string,
  { status, body }: { readonly status: number; readonly body: string },
): Finding[] {
  const words = wordsIn(body);
  if (!NOT_REACHED.test(words) && (status === 404 || REACHED.test(words))) return [];
  return [
    {
      code: 'registry-engine-refuses',
      severity: 'error',
      subject: registry,
      message: `dockerd itself says: ${printable(words === '' ? `status ${status}` : words, 400)}`,
      hint: `dockerctl trust verify ${registry}; if it finds nothing, a proxy that only dockerd uses is in between: dockerctl config show --effective`,
    },
  ];
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
