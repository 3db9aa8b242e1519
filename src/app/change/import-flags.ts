import type { DaemonEdit } from '../../core/dockerd/config/edit.js';
import {
  type FlagImport,
  importableKeys,
  importFlags,
} from '../../core/dockerd/config/import-flags.js';
import { readDaemonFile } from '../../core/dockerd/config/file.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { SourcedWord } from '../../core/dockerd/observed/unit.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { DAEMON_RELOAD, dropInOfFlags } from '../../core/doctor/fix-plan.js';
import type { FileChange, Plan } from '../../core/plan/plan.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import type { DaemonController } from '../../system/dockerd/control/controller.js';
import { findDaemon } from '../../system/dockerd/find-daemon.js';
import { readImage } from '../../system/files/image.js';

/** Flags that go into the file together with an edit of it. */
export interface Importing {
  readonly flags: FlagImport;
  /** The edit, on the file with the keys of the flags. */
  readonly edit: DaemonEdit;
  /** dockerd as its unit would start it afterwards. */
  readonly observed: ObservedDaemon;
}

/** The flags of these keys, or all that can go; null where there are none. @throws invalid-config where this unit's cannot be moved */
export async function flagsToImport(
  host: Host,
  observed: ObservedDaemon,
  keys: readonly string[] | null,
): Promise<FlagImport | null> {
  const engine = engineOf(observed.version);
  const given = importableKeys(observed.startWords, engine);
  if (!given.some((key) => keys === null || keys.includes(key))) return null;
  const found = await findDaemon(host);
  const words = found === null || found === 'unseen' ? [] : found.words;
  const { manager, flavour } = observed;
  const isPlain = /^\/.*\/dockerd$/.test(words[0]?.word ?? '');
  if (manager.kind !== 'systemd' || manager.user || flavour !== 'engine' || !isPlain)
    throw new DockerctlError({
      code: 'invalid-config',
      message: `the flags for ${given.join(', ')} cannot be moved: no docker.service of this machine starts dockerd itself.`,
      hint: 'take them out where dockerd is started, then set the keys with `dockerctl config set KEY VALUE`',
    });
  return importFlags(readDaemonFile(observed).document, { words, engine, keys });
}

/** An edit that is made on the file with the keys of the flags in it. */
export function importing(
  observed: ObservedDaemon,
  edit: DaemonEdit,
  flags: FlagImport,
): Importing {
  const own = edit.edit;
  const engine = engineOf(observed.version);
  const { keys } = flags;
  return {
    flags,
    observed: { ...observed, startWords: flags.words, argv: flags.words.map(({ word }) => word) },
    edit: {
      ...edit,
      edit: (document, seen) => {
        const moved = importFlags(document, { words: observed.startWords, engine, keys });
        return own(moved?.document ?? document, seen);
      },
      notes: () => [
        ...(edit.notes?.(flags.document) ?? []),
        `${keys.join(', ')}: moved from dockerd's flags into the file; a drop-in takes the flags from its command line.`,
      ],
    },
  };
}

/** The plan of such an edit, with the drop-in: dockerd has its flags from its start on. */
export function withDropIn(host: Host, plan: Plan, { flags, observed }: Importing): Plan {
  const { manager, configPath } = observed;
  const mode = modeOf(host, flags);
  const unit = manager.kind === 'systemd' ? manager.unit : 'docker.service';
  const path = dropInOfFlags(unit);
  const change: FileChange = {
    path,
    before: readImage(host, path),
    after: { content: { text: flags.dropIn }, mode, uid: 0, gid: 0 },
  };
  return {
    ...plan,
    changes: [
      change,
      ...plan.changes.map((one) =>
        one.path === configPath && one.before === null && one.after !== null
          ? { ...one, after: { ...one.after, mode } }
          : one,
      ),
    ],
    refresh: [...plan.refresh, DAEMON_RELOAD],
    activation: { action: 'restart', reasons: ['dockerd has its flags from its start on'] },
  };
}

/** What comes from a file that not all may read, not all may read afterwards. */
function modeOf(host: Host, { sources }: FlagImport): number {
  const open = sources.every((path) => ((readImage(host, path)?.mode ?? 0o644) & 0o004) !== 0);
  return open ? 0o644 : 0o600;
}

/** Judges the file beside the flags that dockerd will have: those of today are what the plan takes away. */
export function startedWith(
  startWords: readonly SourcedWord[],
  daemon: DaemonController,
): DaemonController {
  return {
    ...daemon,
    observe: async (config, how) => ({ ...(await daemon.observe(config, how)), startWords }),
  };
}
