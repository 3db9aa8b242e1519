import type { Outcome } from '../../core/plan/outcome.js';
import { DockerctlError } from '../../errors.js';
import { BOOT_UNIT } from '../../system/transaction/rollback-timer.js';
import { readDeclaration } from '../../system/machine/declaration.js';
import { readAgentStatus } from '../../system/machine/agent-status-file.js';
import { applyChange } from '../../app/change/apply-change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { installPlan, requireRoot, requireSystemd, UNIT } from './service-files.js';

interface InstallData {
  readonly outcome: Outcome;
  /** false: it ran already, with this unit and the program of today, or a dry run. */
  readonly started: boolean;
}

export const command = defineCommand({
  isConfirmable: true,
  summary: 'let systemd run the agent, now and at every boot',
  args: [],
  options: {},
  examples: ['service install --dry-run', 'service install'],
  run: async (context): Promise<InstallData> => {
    const { host, options, commandLine } = context;
    if (!options.dryRun) requireRoot(host, commandLine);
    const declaration = readDeclaration(host, null);
    if (host.self.root === null) requireSystemd(host);
    const outcome = await applyChange(context, installPlan(host, declaration));
    if (options.dryRun || host.self.root !== null) return { outcome, started: false };
    const agent = readAgentStatus(host);
    const isCurrent = agent !== null && agent.outdated !== true && outcome.status === 'unchanged';
    await systemctl(host, ['enable', UNIT, BOOT_UNIT]);
    await systemctl(host, [isCurrent ? 'start' : 'restart', UNIT]);
    return { outcome, started: !isCurrent };
  },
  render: ({ outcome, started }, style) =>
    [
      renderOutcome(outcome, style),
      ...(started
        ? [`${style.green('Started')} ${UNIT}; see it with: journalctl -u dockerctl`]
        : []),
    ].join('\n'),
});

async function systemctl(
  { exec }: Parameters<typeof requireSystemd>[0],
  args: readonly string[],
): Promise<void> {
  const { status, stderr } = await exec.run(['systemctl', ...args], { timeoutMs: 120_000 });
  if (status === 0) return;
  throw new DockerctlError({
    code: 'no-daemon',
    message: `systemctl ${args.join(' ')} failed: ${stderr.trim()}`,
    hint: 'systemctl status dockerctl; journalctl -u dockerctl',
  });
}
