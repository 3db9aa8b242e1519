import { sha256 } from '../plan/content.js';
import { configOf } from '../dockerd/config/edit.js';
import { REMEDIES, settlingCommand } from '../dockerd/config/pending.js';
import type { Drift } from './drift.js';
import type { Finding } from '../plan/finding.js';
import { get } from '../formats/json/json-edit.js';
import { locate } from '../formats/json/locate.js';
import { formatPath } from '../formats/json/json-path.js';
import type { ActivationAction } from '../plan/plan.js';
import { decideFrom, type DaemonSituation, wantedFile, type WantedFile } from './wanted-file.js';
import { nameOf, show, staleKeys, unknownKeys, type StaleKey } from './stale-keys.js';
import { applyValue, isApplied, type DesiredValue, desiredValuesOf } from './desired-values.js';

/** The id of the file as a whole: it is gone, emptied or not JSON. */
export const WHOLE_FILE = 'daemon:';
/** Ids of what the file says and the running daemon does not have. */
export const LOADED = 'daemon:loaded:';

/** What of daemon.json, and of the daemon that runs, is not as declared. */
export function daemonDrifts(situation: DaemonSituation): Drift[] {
  const desiredValues = desiredValuesOf(situation.declaration);
  if (desiredValues.length === 0) return [];
  const file = wantedFile(situation);
  const other = otherFile(situation);
  if (file.lost !== null) return [lostDrift(situation, file), ...other];
  const open = desiredValues.filter((desired) => !isApplied(file.document, desired));
  return [
    ...open.map((desired) =>
      fileDrift(desired, actionFor(desired, open, { situation, file }), { situation, file }),
    ),
    ...other,
    ...staleKeys(situation).map((stale) => staleDrift(stale, situation)),
    ...unknownDrift(unknownKeys(situation), situation),
  ];
}

interface Looked {
  readonly situation: DaemonSituation;
  readonly file: WantedFile;
}

/** dockerd may run with the members of an object all together, and with none of them alone. */
function actionFor(
  desired: DesiredValue,
  open: readonly DesiredValue[],
  { situation, file: { document } }: Looked,
): ActivationAction {
  const activationFor = (desiredValues: readonly DesiredValue[]) =>
    decideFrom(configOf(document), configOf(desiredValues.reduce(applyValue, document)), situation)
      .activation.action;
  const beside = open.filter((other) => nameOf(other) === nameOf(desired));
  return activationFor(beside) === 'none' ? 'none' : activationFor([desired]);
}

function fileDrift(
  desired: DesiredValue,
  action: ActivationAction,
  { situation, file }: Looked,
): Drift {
  const { observed, provenance } = situation;
  const { document } = file;
  const current = get(document, desired.path);
  const { place } = locate(document.text, desired.path);
  const name = formatPath(desired.path);
  const wanted = desired.value === null ? 'no value' : show(desired.path, desired.value);
  const is = current === undefined ? 'is not there' : `is ${show(desired.path, current)}`;
  const lacks = desired.match === 'member' ? `lacks ${wanted}` : `${is}, declared is ${wanted}`;
  return {
    ...COMMON,
    id: desired.id,
    action,
    wanted: digest(desired.value),
    observed: digest(current),
    finding: finding({
      code: 'drift-file',
      subject: name,
      path: observed.configPath,
      line: place.line,
      column: place.column,
      message: `${name} ${lacks}${provenance}`,
    }),
  };
}

function staleDrift(stale: StaleKey, situation: DaemonSituation): Drift {
  const { name, value, has, action, needsEmptyStart } = stale;
  const waits = needsEmptyStart && situation.observed.containers.length > 0;
  return {
    ...COMMON,
    id: `${LOADED}${name}`,
    action,
    wanted: digest(value),
    observed: digest(has),
    doubtful: true,
    beyondRepair: situation.readsInstead !== null || waits,
    finding: finding({
      code: 'drift-stale',
      subject: name,
      path: situation.observed.configPath,
      message: `${name} is as declared in the file, and the running dockerd has ${has}: it was not told, or runs with other flags`,
      ...(waits && { hint: REMEDIES['restart without containers'] }),
    }),
  };
}

/** Not to be fixed unasked: perhaps nothing is wrong. */
function unknownDrift(keys: readonly string[], { observed }: DaemonSituation): Drift[] {
  if (keys.length === 0) return [];
  return [
    {
      ...COMMON,
      id: 'daemon:unknown',
      action: 'none',
      wanted: digest(keys),
      observed: 'unknown',
      beyondRepair: true,
      finding: finding({
        code: 'drift-unknown',
        subject: keys.join(', '),
        path: observed.configPath,
        message: `${keys.join(', ')} ${keys.length === 1 ? 'is' : 'are'} as declared in the file, which was changed since dockerd was started: nothing shows what it was started with`,
        hint: settlingCommand(observed, []),
      }),
    },
  ];
}

function lostDrift(
  { observed, provenance, lastGood }: DaemonSituation,
  { lost, from }: WantedFile,
): Drift {
  const kind = lost?.kind ?? 'missing';
  const problem = lost?.problem;
  const because = problem ? `: ${problem.message}` : '';
  return {
    ...COMMON,
    id: WHOLE_FILE,
    action: 'reload',
    wanted: digest(lastGood?.image.content ?? null),
    observed: digest(observed.configFile?.content ?? null),
    doubtful: kind !== 'missing',
    beyondRepair: from === null,
    finding: finding({
      code: `drift-file-${kind}`,
      subject: 'daemon.json',
      path: observed.configPath,
      ...(problem && { line: problem.line, column: problem.column }),
      message: `${observed.configPath} is ${LOST[kind]}${because}${provenance}`,
      ...(from === null && {
        hint: 'correct the file, or bring back an older one: `dockerctl config rollback`',
      }),
    }),
  };
}

const LOST = { missing: 'gone', empty: 'empty', unreadable: 'not JSON' };

function otherFile({ observed, readsInstead }: DaemonSituation): Drift[] {
  if (readsInstead === null) return [];
  return [
    {
      ...COMMON,
      id: 'daemon:config-file',
      action: 'none',
      wanted: observed.configPath,
      observed: readsInstead,
      beyondRepair: true,
      finding: finding({
        code: 'drift-other-file',
        subject: 'config-file',
        message: `dockerd was started with --config-file=${readsInstead}; declared is ${observed.configPath}`,
        hint: `take --config-file out of the unit (\`systemctl cat docker\`), or declare config: '${readsInstead}'`,
      }),
    },
  ];
}

const COMMON = { scope: 'daemon', doubtful: false, beyondRepair: false } as const;

function finding(parts: Omit<Finding, 'severity' | 'hint'> & { readonly hint?: string }): Finding {
  return { severity: 'warning', hint: 'dockerctl drift --repair', ...parts };
}

function digest(value: unknown): string {
  return sha256(JSON.stringify(value ?? null));
}

/** A proxy's URL may hold a password, and an option of a log driver be one. */
