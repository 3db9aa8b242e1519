import { configIn, type DaemonEdit } from '../../core/dockerd/config/edit.js';
import { type FlagImport, importableKeys } from '../../core/dockerd/config/import-flags.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { keyNamed } from '../../core/dockerd/options/keys/keys.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { parseFlags } from '../../core/dockerd/options/flags.js';
import { redactText } from '../../core/text/redact.js';
import { printable } from '../../core/text/printable.js';
import { DockerctlError } from '../../errors.js';
import type { Context } from '../context/command.js';
import { agrees } from './agreement.js';
import { flagsToImport } from './import-flags.js';

/**
 * The flags of dockerd that name the key too, when they may go into the file: dockerd does not start with both, and what only a
 * flag says no edit of the file takes back. null where no flag names it.
 * @throws invalid-config where nobody agreed
 */
export async function flagsInTheWay(
  { host, options, terminal }: Context,
  observed: ObservedDaemon,
  { key, isRemoval = false }: Pick<DaemonEdit, 'key' | 'isRemoval'>,
): Promise<FlagImport | null> {
  // Flags and file are merged there.
  if (key === undefined || key === 'proxies' || keyNamed(key)?.mergeable === true) return null;
  if (!options.validate || options.root !== null || observed.state === 'absent') return null;
  const place = placeOf(key, observed);
  if (place === null) return null;
  // With both dockerd does not start: the flag alone is left.
  if (isRemoval && Object.hasOwn(configIn(observed.configFile), key)) return null;
  if (!importableKeys(observed.startWords, engineOf(observed.version)).includes(key))
    throw new DockerctlError({
      code: 'invalid-config',
      message: `${key} is given by dockerd's flags ${place}, which daemon.json cannot take back, nor name it too`,
      hint: 'take the flag out first, by an ExecStart= of your own: `systemctl edit docker.service`',
    });
  const question = `A flag of dockerd gives ${key} ${place}. Move it into ${observed.configPath}, by a drop-in of the unit?`;
  const may = options.dryRun || (await agrees(() => terminal.confirm(question, '--yes')));
  if (may) return flagsToImport(host, observed, [key]);
  throw new DockerctlError({
    code: 'invalid-config',
    message: `${key} is given by dockerd's flags ${place}, which daemon.json cannot take back, nor name it too`,
    hint: `run it again with \`--yes\`, which moves the flag into the file; or alone: \`dockerctl config import-flags ${key}\``,
  });
}

/** `(--mtu=1400) in /etc/…`; null where no flag of the unit names the key. */
function placeOf(key: string, { startWords }: ObservedDaemon): string | null {
  const name = keyNamed(key)?.flag ?? key;
  const use = parseFlags(startWords.map(({ word }) => word)).flags.get(name)?.uses[0];
  if (use === undefined) return null;
  return `(${printable(redactText(use.text))}) in ${startWords[use.at]?.source ?? 'the command line'}`;
}
