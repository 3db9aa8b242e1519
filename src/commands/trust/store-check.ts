import { nameOf, parseCertificates } from '../../core/trust/certificates.js';
import { compiledIn, readsStore } from '../../core/trust/system.js';
import { DockerctlError } from '../../errors.js';
import { growTree } from '../../system/tree.js';
import type { Context } from '../command.js';

/** The check after the act: the bundle that programs read really holds the certificates. Below `--root` no tool ran. */
export function checkStore({ host }: Context, ca: string): void {
  if (host.self.root !== null) return;
  const compiled = compiledIn(growTree(host, (seen) => readsStore(null, seen)).tree);
  const missing = parseCertificates(Buffer.from(ca)).find(
    ({ fingerprint256 }) => !compiled.has(fingerprint256),
  );
  if (missing === undefined) return;
  throw new DockerctlError({
    code: 'remote-failed',
    message: `The system's tool ran, and yet its bundle does not hold ${nameOf(missing.subject)}.`,
    hint: 'dockerctl config rollback takes the change back; run the tool by hand to see why',
  });
}
