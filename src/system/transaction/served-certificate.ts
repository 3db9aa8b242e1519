import { sha256 } from '../../core/plan/content.js';
import type { Endpoint } from '../../core/pki/authority/deployment.js';
import type { Expectation, ServedCertificate } from '../../core/plan/plan.js';
import { DockerctlError, messageOf } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { waitFor } from '../systemd/wait.js';

const HANDSHAKE_MS = 2_000;

/** Waits until each server that the plan names presents the certificate it names. Throws `rolled-back`. */
export async function proveServed(
  host: Host,
  expect: readonly Expectation[],
  timeoutMs: number,
): Promise<void> {
  if (host.self.root !== null) return;
  for (const expected of expect)
    if (expected.kind === 'served-certificate') await prove(host, expected, timeoutMs);
}

async function prove(host: Host, expected: ServedCertificate, timeoutMs: number): Promise<void> {
  let seen = 'nothing';
  const proved = await waitFor(host, timeoutMs, async () => {
    seen = await look(host, expected);
    return seen === expected.fingerprint || null;
  });
  if (proved !== null) return;
  const place = `${expected.host}:${expected.port}`;
  throw new DockerctlError({
    code: 'rolled-back',
    message: /^[0-9a-f]{64}$/u.test(seen)
      ? `The server on ${place} still presents another certificate (SHA-256 ${seen.slice(0, 16)}…)`
      : `The server on ${place} does not answer with the new certificate: ${seen}`,
    hint: `look at what the server logged, and at its certificate: \`dockerctl certs inspect ${place}\``,
  });
}

/** The fingerprint of what is presented, or why there is nothing. */
async function look(host: Host, at: ServedCertificate): Promise<string> {
  try {
    const { chain } = await handshake(host, at);
    return chain[0] === undefined ? 'it sends no certificate' : sha256(chain[0]);
  } catch (error) {
    return messageOf(error);
  }
}

/** Whether a server can be asked for its certificate from here, whatever that is. */
export async function answersTls(host: Host, at: Endpoint): Promise<boolean> {
  try {
    await handshake(host, at);
    return true;
  } catch {
    return false;
  }
}

const handshake = ({ net }: Host, { host, port }: Endpoint) =>
  net.handshake({
    host,
    port,
    tls: { systemRoots: false, verify: false },
    timeoutMs: HANDSHAKE_MS,
  });
