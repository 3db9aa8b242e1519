import { planDaemonEdit } from '../../dockerd/config/edit.js';
import { flagValue } from '../../dockerd/options/values/flag-value.js';
import { parseFlags } from '../../dockerd/options/flags.js';
import { bytesIn } from '../../dockerd/config/file.js';
import { keyNamed, KEYS } from '../../dockerd/options/keys/keys.js';
import { splitWords } from '../../dockerd/observed/unit.js';
import { parseDocument } from '../../formats/json/document.js';
import { set, get } from '../../formats/json/json-edit.js';
import type { Plan } from '../../plan/plan.js';
import type { Json } from '../../formats/json/json-object.js';
import { textAt } from '../../plan/snapshot.js';
import { fixCommand, type DoctorFindingCode } from '../codes.js';
import type { DoctorFacts } from '../facts.js';
import { fixPlan, rewriteFile } from '../fix-plan.js';

/** A variable of a file such as /etc/default/docker that holds flags. */
export interface FlagVariable {
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

/** How the flags of a variable become keys of daemon.json: one place for every setting. */
export function moveFlags(
  facts: DoctorFacts,
  code: DoctorFindingCode,
  variable: FlagVariable,
): { readonly hint: string; readonly fix?: Plan } {
  const fix = planMove(facts, code, variable);
  return fix === null ? { hint: 'systemctl edit docker.service' } : { hint: fixCommand(code), fix };
}

/** null where a flag has no key, or the file has the key already. */
function planMove(
  { observed, snapshot }: DoctorFacts,
  code: DoctorFindingCode,
  { path, name, value }: FlagVariable,
): Plan | null {
  const keys = keysOf(value);
  const file = parseDocument(bytesIn(observed.configFile));
  if (keys === null || !file.ok) return null;
  if (keys.some(([key]) => get(file.document, [key]) !== undefined)) return null;
  const title = `doctor --fix ${code}`;
  const edited = planDaemonEdit(
    observed,
    {
      title,
      edit: (document) => keys.reduce((text, [key, json]) => set(text, [key], json), document),
    },
    { activate: 'auto' },
  );
  const line = new RegExp(`^(\\s*(?:export\\s+)?${name}=.*)$`, 'm');
  const emptied = (textAt(snapshot, path) ?? '').replace(line, '# moved into daemon.json: $1');
  return fixPlan(code, [...rewriteFile(snapshot, path, emptied), ...edited.changes], {
    activation: { action: 'restart', reasons: [`the flags of ${name} are keys of the file now`] },
    expect: edited.expect,
    notes: edited.notes,
  });
}

/** Addresses and sockets are the unit's affair: systemd hands them over. */
const OF_THE_UNIT = ['host', 'containerd', 'config-file', 'pidfile'];

function keysOf(value: string): [string, Json][] | null {
  const { flags, strays } = parseFlags(['dockerd', ...splitWords(value)]);
  if (strays.length > 0 || flags.size === 0) return null;
  const keys = [...flags.values()].map(({ name, values }): [string, Json] | null => {
    const key = KEYS.find((one) => (one.flag ?? one.name) === name) ?? keyNamed(name);
    if (key === undefined || OF_THE_UNIT.includes(name)) return null;
    return [key.name, flagValue(key.shape, values)];
  });
  return keys.every((key) => key !== null) ? keys : null;
}
