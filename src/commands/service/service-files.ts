import { dirname } from 'node:path';
import type { Declaration } from '../../core/declaration/schema.js';
import {
  createPlan,
  type FileChange,
  fileOf,
  type Plan,
  type RefreshCommand,
} from '../../core/plan/plan.js';
import { declaredTargets } from '../../core/agent/certificate-renewal.js';
import { agentCommand, unitText } from '../../core/text/unit-template.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { bootUnit } from '../../system/transaction/rollback-timer.js';
import { foldersOf } from '../../system/authority/deploy/deploy.js';
import { readImage } from '../../system/files/image.js';
import { readAgentStatus } from '../../system/machine/agent-status-file.js';
import { isSystemdBooted } from '../../system/systemd/systemctl.js';

export const UNIT = 'dockerctl.service';

/** Our templates, and where systemd reads what is made of them. */
const PATHS: Readonly<Record<string, string>> = {
  [UNIT]: `/etc/systemd/system/${UNIT}`,
  'dockerctl.catalog': '/usr/local/lib/systemd/catalog/dockerctl.catalog',
};

/** Whatever consumers of trust read, and what makes it count. */
const WRITABLE = [
  '/etc/docker',
  '/etc/containerd',
  '/etc/containers',
  '/etc/buildkit',
  '/etc/rancher',
  '/usr/local/share/ca-certificates',
  '/etc/ssl',
  '/etc/ca-certificates',
  '/etc/pki',
];

const REFRESH: readonly RefreshCommand[] = [
  { argv: ['systemctl', 'daemon-reload'], reason: 'systemd reads its units' },
  { argv: ['journalctl', '--update-catalog'], reason: '`journalctl -x` explains our messages' },
];

/** The plan that puts the agent's files where systemd reads them, and the boot unit's beside them. */
export function installPlan(host: Host, declaration: Declaration): Plan {
  const values = {
    command: agentCommand(host.self.command),
    writable: writableFor(host, declaration),
  };
  const own = Object.entries(PATHS).map(([name, path]) => {
    const template = Buffer.from(host.fs.readAsset(`templates/${name}`)).toString('utf8');
    return { path, text: unitText(template, values) };
  });
  const changes = [...own, bootUnit(host)].flatMap(({ path, text }) =>
    fileOf(path, text, readImage(host, path)),
  );
  return servicePlan('service install', changes);
}

/** The boot unit stays: every change of every dockerctl is in its care. */
export function removePlan(host: Host): Plan {
  const changes = Object.values(PATHS).flatMap((path): FileChange[] => {
    const before = readImage(host, path);
    return before === null ? [] : [{ path, before, after: null }];
  });
  return servicePlan('service remove', changes);
}

/** @throws no-daemon where no systemd runs */
export function requireSystemd(host: Host): void {
  if (isSystemdBooted(host)) return;
  throw new DockerctlError({
    code: 'no-daemon',
    message: 'systemd does not run this machine, so it cannot run the agent.',
    hint: 'let your own supervisor run: `dockerctl watch`',
  });
}

/** @throws not-permitted: the machine's units are root's */
export function requireRoot({ self }: Host, words: string): void {
  if (self.uid === 0 || self.root !== null) return;
  throw rootsAgent(words);
}

/**
 * Somebody's own agent, of their rootless dockerd, is theirs to pause.
 * @throws not-permitted where none of theirs runs, and root's is installed: it would never hear of it
 */
export function refuseRootsAgent(host: Host, words: string): void {
  const { fs, self } = host;
  const ownAgent = self.uid === 0 || self.root !== null || readAgentStatus(host) !== null;
  if (!ownAgent && fs.stat(`/etc/systemd/system/${UNIT}`) !== null) throw rootsAgent(words);
}

function rootsAgent(words: string): DockerctlError {
  return new DockerctlError({
    code: 'not-permitted',
    message: "the agent of this machine is root's.",
    hint: `sudo dockerctl ${words}`,
  });
}

function servicePlan(title: string, changes: readonly FileChange[]): Plan {
  const refresh = changes.length === 0 ? [] : REFRESH;
  return createPlan(title, { changes, refresh });
}

function writableFor(host: Host, { config, agent, certificates }: Declaration): string[] {
  const paths = Object.values(certificates).flatMap(declaredTargets);
  const deployed = paths.flatMap((place) => foldersOf(host, place));
  const files = [config, agent.textfile].flatMap((path) =>
    path === undefined ? [] : [dirname(path)],
  );
  return [...new Set([...WRITABLE, ...files, ...linked(host, config), ...deployed])];
}

/** What a link in the place of daemon.json leads to is what is edited. */
function linked({ fs }: Host, config = '/etc/docker/daemon.json'): string[] {
  if (fs.stat(config)?.kind !== 'link' || fs.stat(config, { follow: true }) === null) return [];
  return [dirname(fs.realpath(config))];
}
