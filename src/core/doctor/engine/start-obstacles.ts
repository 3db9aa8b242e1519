import { dirname } from 'node:path';
import { shellWord } from '../../text/shell-word.js';
import type { Finding } from '../../plan/finding.js';
import { textAt } from '../../plan/snapshot.js';
import { found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';
import { GROUPS_FILE } from '../reads.js';

const START = 'dockerctl daemon restart';
/** What systemd answers for a program that it cannot run (systemd.exec(5), "Process Exit Codes"). */
const EXEC_FAILED = '203';

/** What of the machine itself, and not of daemon.json, keeps a dockerd that is down from starting. */
export function startObstacles(facts: DoctorFacts): Finding[] {
  return [...missingProgram(facts), ...stalePidFile(facts), ...missingGroup(facts)];
}

function missingProgram({ observed: { manager }, units, unit }: DoctorFacts): Finding[] {
  const source = unit?.start?.source;
  if (manager.kind !== 'systemd' || source === undefined) return [];
  if (units.get(manager.unit)?.get('ExecMainStatus') !== EXEC_FAILED) return [];
  const [program] = unit?.words ?? [];
  const isOwn = source.startsWith('/etc/') && dirname(source).endsWith('.d');
  return [
    found('unit-program-missing', {
      subject: manager.unit,
      path: source,
      message: `systemd cannot run ${program?.word ?? 'its program'}, which ExecStart= names.`,
      hint: isOwn
        ? `mv ${shellWord(source)} ${shellWord(`${source}.off`)} && systemctl daemon-reload && ${START}`
        : `systemctl edit --full ${manager.unit}`,
    }),
  ];
}

/** moby pkg/pidfile: a process with that number lives, whoever it is. */
function stalePidFile({ failedStart }: DoctorFacts): Finding[] {
  // 20.10 ends with the name, 23 and later go on.
  const path = /or delete (\/\S+\.pid)\b/.exec(failedStart?.cause ?? '')?.[1];
  if (path === undefined) return [];
  return [
    found('pid-file-stale', {
      subject: path,
      path,
      message:
        'it names a process that is no dockerd, since none runs: dockerd takes it for another one and does not start.',
      hint: `rm ${shellWord(path)} && ${START}`,
    }),
  ];
}

function missingGroup({ observed: { manager }, units, snapshot }: DoctorFacts): Finding[] {
  const groups = textAt(snapshot, GROUPS_FILE);
  if (manager.kind !== 'systemd' || manager.socketUnit === null || groups === null) return [];
  const group = units.get(manager.socketUnit)?.get('SocketGroup') ?? '';
  if (group === '' || /^\d+$/.test(group)) return [];
  if (groups.split('\n').some((line) => line.startsWith(`${group}:`))) return [];
  return [
    found('socket-group-missing', {
      subject: manager.socketUnit,
      path: GROUPS_FILE,
      message: `its socket is for the group ${group}, and there is none: systemd does not make it, and dockerd does not start without it.`,
      hint: `groupadd --system ${shellWord(group)} && ${START}`,
    }),
  ];
}
