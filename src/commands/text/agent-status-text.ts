import { TROUBLES, type AgentStatus } from '../../core/agent/agent-status.js';
import { printable } from '../../core/text/printable.js';
import type { Style } from '../../app/context/command.js';
import { localTime } from './local-time.js';

/** What the agent says of itself, a line each; null: none runs. */
export function agentStatusLines(status: AgentStatus | null, style: Style): string[] {
  if (status === null) return [style.dim('no agent runs: dockerctl service install')];
  const { pid, lastScan, waiting, refused, degraded } = status;
  const looked = lastScan === null ? 'has not looked yet' : `last looked at ${localTime(lastScan)}`;
  return [
    `runs as pid ${pid}, ${looked}`,
    ...(status.outdated === true
      ? [style.yellow('runs an older program than is installed: systemctl restart dockerctl')]
      : []),
    ...seenLines(status, style),
    ...(waiting > 0
      ? [style.yellow(`${waiting} ${waiting === 1 ? 'waits' : 'wait'} ${FOR_RESTART}`)]
      : []),
    ...[refused, degraded].flatMap((trouble) =>
      trouble === null ? [] : [style.yellow(printable(trouble))],
    ),
  ];
}

/** An agent that cannot look knows nothing of what is in order. An older one says nothing of that. */
function seenLines(status: AgentStatus, style: Style): string[] {
  const { adrift, leftAlone, blind, failing, lastScan } = status;
  const left = leftAlone === 0 ? '' : `, ${leftAlone} of them left alone: dockerctl resume`;
  const seen = `${adrift} ${adrift === 1 ? 'thing is' : 'things are'} adrift${left}`;
  const since = (what: keyof typeof TROUBLES, trouble: AgentStatus['failing']) =>
    trouble
      ? [
          style.red(
            `${TROUBLES[what]} since ${localTime(trouble.since)}: ${printable(trouble.reason)}`,
          ),
        ]
      : [];
  const known = [...(adrift > 0 ? [style.yellow(seen)] : []), ...since('repair', failing)];
  if (blind) return [...since('look', blind), ...known];
  return adrift === 0 && lastScan !== null ? [style.green('everything is as declared')] : known;
}

const FOR_RESTART =
  'for a restart of dockerd: see restart and windows in the declaration, or do it now: dockerctl drift --repair';
