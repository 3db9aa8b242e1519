import { planDaemonEdit, readableConfig } from '../../dockerd/config/edit.js';
import { readDaemonFile } from '../../dockerd/config/file.js';
import { type FlagImport, importFlags } from '../../dockerd/config/import-flags.js';
import { engineOf } from '../../dockerd/options/keys/version.js';
import { attempt, isDockerctlError } from '../../../errors.js';
import type { Plan } from '../../plan/plan.js';
import { fileAt } from '../../plan/snapshot.js';
import { put } from '../../trust/contributions/contribution.js';
import type { DoctorFacts } from '../facts.js';
import { dropInOfFlags, fixPlan, ofUnit } from '../fix-plan.js';

/**
 * A flag that names a key of the file goes into it: a list there grows by what the flag has, so that nothing is lost. null where
 * they contradict each other, where the flag is the unit's own affair, or where nobody knows how dockerd is started.
 */
export function flagIntoFile(facts: DoctorFacts, code: string, key: string): Plan | null {
  const { observed, unit, snapshot } = facts;
  const { manager } = observed;
  const words = unit?.words ?? [];
  const isPlain = /^\/.*\/dockerd$/.test(words[0]?.word ?? '');
  if (manager.kind !== 'systemd' || manager.user || !isPlain) return null;
  if (readableConfig(observed.configFile) === null) return null;
  const engine = engineOf(observed.version);
  const { document } = readDaemonFile(observed);
  const flags = attempt(() => importFlags(document, { words, engine, keys: [key] }));
  if (flags === null || isDockerctlError(flags)) return null;
  const content = { text: flags.dropIn };
  const dropIn = put(snapshot, dropInOfFlags(manager.unit), {
    content,
    mode: modeOf(facts, flags),
  });
  const { changes, notes } = planDaemonEdit(
    observed,
    { title: '', edit: () => flags.document },
    { activate: 'restart' },
  );
  return fixPlan(code, [...dropIn, ...changes], { notes, ...ofUnit(`${key} has one place`) });
}

/** What comes from a file that not all may read, not all may read afterwards. */
function modeOf({ snapshot }: DoctorFacts, { sources }: FlagImport): number {
  const isOpen = (path: string) => ((fileAt(snapshot, path)?.mode ?? 0o644) & 0o004) !== 0;
  return sources.every(isOpen) ? 0o644 : 0o600;
}
