import type { Host } from '../../host/host.js';
import { DockerctlError, type ErrorCode } from '../../errors.js';
import type { Json } from '../../core/formats/json/json-object.js';

const TIMEOUT_MS = 120_000;

/** Runs this very dockerctl with `--json` and answers its `data`. Throws the error that it answers. */
export async function runOurselves(host: Host, args: readonly string[]): Promise<Json> {
  const argv: [string, ...string[]] = [...host.self.command, ...args, '--json'];
  const { stdout, stderr } = await host.exec.run(argv, { timeoutMs: TIMEOUT_MS });
  const answer = parse(stdout);
  if (answer?.ok === true) return answer.data ?? null;
  const {
    code = 'bug',
    message = stderr.trim(),
    hint = `dockerctl ${args.join(' ')}`,
  } = answer?.error ?? {};
  throw new DockerctlError({ code, message, hint });
}

interface CommandAnswer {
  readonly ok: boolean;
  readonly data?: Json;
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly hint: string };
}

function parse(stdout: string): CommandAnswer | null {
  try {
    return JSON.parse(stdout) as CommandAnswer;
  } catch {
    return null;
  }
}
