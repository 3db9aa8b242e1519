import { NO_FILE, verdictOn } from '../../dockerd/validate/check-candidate.js';
import { comparisonOf, REMEDIES, settlingCommand } from '../../dockerd/config/pending.js';
import type { KeyState } from '../../dockerd/running/key-state.js';
import { keyStates } from '../../dockerd/running/key-states.js';
import { absentText } from '../../dockerd/observed/absent-text.js';
import { withEmptyStart } from '../../dockerd/observed/unit-fault.js';
import type { Finding } from '../../plan/finding.js';
import { bytesIn } from '../../dockerd/config/file.js';
import { parseDocument } from '../../formats/json/document.js';
import { textAt } from '../../plan/snapshot.js';
import { fixCommand, found } from '../codes.js';
import { lostByReload } from './lost-by-reload.js';
import { masked } from './masked.js';
import type { DoctorFacts, Family } from '../facts.js';
import { joinedProxies, stoppedByVariables } from './unit-environment.js';
import { blamedByDockerd } from './start-cause.js';
import { startObstacles } from './start-obstacles.js';
import { fixPlan, ofUnit, rewriteFile } from '../fix-plan.js';
import { unlisted } from './unlisted.js';

export const daemonFamily: Family = {
  name: 'daemon',
  unseen: ({ filesOnly, observed }) => filesOnly || observed.forbidden,
  ok: (facts) =>
    facts.observed.state === 'absent'
      ? absentText(facts.observed)
      : facts.configHidden === null && startsAgain(facts)
        ? inForce(facts)
        : 'dockerd runs',
  find: (facts) =>
    facts.observed.state === 'running'
      ? [
          ...unstartable(facts),
          ...silent(facts),
          ...notEnabled(facts),
          ...notLoaded(facts),
          ...lostByReload(facts),
          ...unlisted(facts),
          ...joinedProxies(facts),
        ]
      : [...down(facts), ...startObstacles(facts), ...blamedByDockerd(facts)],
};

const START = 'dockerctl daemon restart';

function down(facts: DoctorFacts): Finding[] {
  const { observed, units } = facts;
  const { state, manager } = observed;
  const unit = manager.kind === 'systemd' ? manager.unit : 'docker.service';
  const properties = units.get(unit);
  const reasons = unstartable(facts);
  if (reasons.length > 0) return reasons;
  if (state === 'absent') return [];
  const cause =
    facts.failedStart === null ? '' : ` Its last start failed: ${facts.failedStart.cause}.`;
  if (properties !== undefined && isLimited(properties)) {
    return [
      found('daemon-start-limited', {
        subject: 'dockerd',
        message: `dockerd failed so often that systemd refuses to start it again, also with a good file.${cause}`,
        hint: START,
      }),
    ];
  }
  return [
    found('daemon-down', {
      subject: 'dockerd',
      message: `dockerd is ${state}.${cause}`,
      hint: START,
    }),
  ];
}

/** What keeps systemd from starting dockerd, whether or not it runs now. */
function unstartable(facts: DoctorFacts): Finding[] {
  return [...masked(facts), ...refused(facts), ...stoppedByVariables(facts)];
}

function refused({ observed: { unitFault, manager }, snapshot, units }: DoctorFacts): Finding[] {
  if (unitFault === null || manager.kind !== 'systemd') return [];
  if (units.get(manager.unit)?.get('LoadState') === 'masked') return [];
  const { path, reason, advice } = unitFault;
  const text = path?.startsWith('/etc/') === true ? textAt(snapshot, path) : null;
  const changes =
    path === null || text === null ? [] : rewriteFile(snapshot, path, withEmptyStart(text));
  return [
    found('unit-refused', {
      subject: manager.unit,
      ...(path !== null && { path }),
      message: `systemd refuses it: ${reason}; dockerd cannot be started again. ${advice.replace(/^./, (letter) => letter.toUpperCase())}.`,
      ...(changes.length === 0
        ? { hint: `systemctl edit --full ${manager.unit}` }
        : {
            hint: fixCommand('unit-refused'),
            fix: fixPlan('unit-refused', changes, ofUnit('systemd takes its unit again')),
          }),
    }),
  ];
}

/**
 * systemd refuses every further start, also with a good file (systemd.unit(5), StartLimitBurst). Some versions keep the
 * result of the last start: then a unit that is to be restarted, and is not, has met its limit.
 */
function isLimited(unit: ReadonlyMap<string, string>): boolean {
  if (unit.get('Result') === 'start-limit-hit') return true;
  const restarts =
    ['always', 'on-failure'].includes(unit.get('Restart') ?? '') &&
    (unit.get('RestartPreventExitStatus') ?? '') === '';
  return restarts && unit.get('ActiveState') === 'failed' && unit.get('Result') === 'exit-code';
}

function silent(facts: DoctorFacts): Finding[] {
  const { socketMode, halted, units } = facts;
  const { info, endpoint, manager, forbidden, pid, silence } = facts.observed;
  if (info !== null || endpoint === null || forbidden) return [];
  if (halted && pid !== null) {
    return [
      found('daemon-not-answering', {
        subject: 'dockerd',
        message: `dockerd (pid ${pid}) is halted by a signal, as kill -STOP does: it lives, and does nothing. Its containers run on.`,
        hint: `kill -CONT ${pid}`,
      }),
    ];
  }
  const { socketUnit: socket, unit } =
    manager.kind === 'systemd' ? manager : { socketUnit: null, unit: null };
  const starts = units.get(unit ?? '')?.get('ActiveState') === 'activating';
  if (unit !== null && starts && !startsAgain(facts))
    return [
      found('daemon-not-answering', {
        subject: 'dockerd',
        message: 'dockerd is starting and waits: it does not come up with its file.',
        hint: `systemctl stop ${unit} && dockerctl doctor --fix`,
      }),
    ];
  const stops = 'That stops dockerd, and the containers that live-restore does not keep';
  const gone = 'socketPath' in endpoint && socketMode === null;
  const both = [socket, unit].filter(Boolean).join(' ');
  return [
    found('daemon-not-answering', {
      subject: 'dockerd',
      message:
        silence === 'podman'
          ? `dockerd runs, and on its socket podman answers: podman-docker put a link there, and docker's clients talk to podman. ${stops}.`
          : gone
            ? `dockerd runs, and its socket ${endpoint.socketPath} is gone: nobody can talk to it. It has to be made anew. ${stops}.`
            : 'dockerd runs and does not answer; it may still be starting.',
      hint:
        both !== '' && (gone || silence === 'podman')
          ? `systemctl reset-failed ${both} && systemctl restart ${both}`
          : START,
    }),
  ];
}

/** With either of them enabled docker comes back after a boot, the socket's at the first call. */
function notEnabled({ observed: { manager }, units }: DoctorFacts): Finding[] {
  if (manager.kind !== 'systemd' || manager.user) return [];
  const states = [manager.unit, manager.socketUnit].flatMap((unit) =>
    unit === null ? [] : (units.get(unit)?.get('UnitFileState') ?? []),
  );
  if (states.length === 0 || states.some((state) => state !== 'disabled')) return [];
  return [
    found('daemon-not-enabled', {
      subject: manager.unit,
      message: 'docker is not enabled: after the next boot it does not run.',
      hint: `systemctl enable ${manager.unit}`,
    }),
  ];
}

/**
 * What the running dockerd has otherwise than its next start would, and what nobody knows. A file that dockerd would not
 * start with is a finding of its own: no command makes it read.
 */
function notLoaded(facts: DoctorFacts): Finding[] {
  const { observed } = facts;
  const states = statesOf(facts);
  if (states === null || !startsAgain(facts) || stoppedByVariables(facts).length > 0) return [];
  const { pending, unseen, isRestUnknown } = comparisonOf(states);
  const path = observed.configFile === null ? {} : { path: observed.configPath };
  const contradicted = pending.map(({ key, differences, remedy }) =>
    found('config-not-loaded', {
      subject: key,
      ...path,
      message: `${differences.join('; ')}.`,
      hint: REMEDIES[remedy],
    }),
  );
  if (unseen.length === 0 && !isRestUnknown) return contradicted;
  const hint = settlingCommand(observed, states);
  const keys = unseen.join(', ');
  return [
    ...contradicted,
    ...(unseen.length === 0
      ? []
      : [
          found('config-not-read', {
            subject: keys,
            ...path,
            message: `the file was changed since dockerd was started, and nothing shows whether ${keys} ${unseen.length < 2 ? 'is' : 'are'} in force.`,
            hint,
          }),
        ]),
    ...(isRestUnknown
      ? [
          found('config-before-unknown', {
            subject: 'daemon.json',
            ...path,
            message:
              observed.configFile === null
                ? 'there is none, and its folder was changed since dockerd was started. Nobody knows whether there was one then, with keys that dockerd shows nowhere.'
                : 'the file was changed since dockerd was started. Nobody knows whether it had keys then that are gone by now, of those that dockerd shows nowhere.',
            hint,
          }),
        ]
      : []),
  ];
}

/** null where dockerd does not answer, or its file cannot be read. */
function statesOf({ observed, configHidden }: DoctorFacts): KeyState[] | null {
  if (configHidden !== null) return null;
  const read = parseDocument(bytesIn(observed.configFile));
  return read.ok && observed.info !== null ? keyStates(observed, read.document) : null;
}

/** Where only the times of a file say so, that is said. */
function inForce(facts: DoctorFacts): string {
  const { inferred } = comparisonOf(statesOf(facts) ?? []);
  const rest = inferred.length === 0 ? '' : `, ${inferred.join(', ')} as far as its times tell`;
  return `dockerd runs, with what its file says${rest}`;
}

/** dockerd would start with its file. */
function startsAgain({ observed, host }: Pick<DoctorFacts, 'observed' | 'host'>): boolean {
  return verdictOn(bytesIn(observed.configFile) ?? NO_FILE, observed, host).starts;
}
