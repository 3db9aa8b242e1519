import { dirname } from 'node:path';
import type { Declaration } from '../../core/declaration/schema.js';
import { createPlan, type FileChange, type Plan, type RefreshCommand } from '../../core/plan.js';
import { declaredPlaces } from '../../core/drift/upkeep.js';
import { agentCommand, unitText } from '../../core/service/unit.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { foldersOf } from '../../system/deploy.js';
import { readImage } from '../../system/image.js';
import { isSystemdBooted } from '../../system/systemd.js';

export const UNITS = ['dockerctl.service', 'dockerctl-recover.service'] as const;

const CATALOG = '/usr/local/lib/systemd/catalog/dockerctl.catalog';

const PATHS: Readonly<Record<string, string>> = {
  'dockerctl.service': '/etc/systemd/system/dockerctl.service',
  'dockerctl-recover.service': '/etc/systemd/system/dockerctl-recover.service',
  'dockerctl.catalog': CATALOG,
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

/** The plan that puts the agent's files where systemd reads them. */
export function installPlan(host: Host, declaration: Declaration): Plan {
  const values = {
    command: agentCommand(host.self.command),
    writable: writableFor(host, declaration),
  };
  const changes = Object.entries(PATHS).flatMap(([name, path]): FileChange[] => {
    const template = Buffer.from(host.fs.readAsset(`templates/${name}`)).toString('utf8');
    const before = readImage(host, path);
    const text = unitText(template, values);
    if (before !== null && 'text' in before.content && before.content.text === text) return [];
    return [{ path, before, after: { content: { text }, mode: 0o644, uid: 0, gid: 0 } }];
  });
  return servicePlan('service install', changes);
}

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
    hint: 'let your own supervisor run: dockerctl watch',
  });
}

function servicePlan(title: string, changes: readonly FileChange[]): Plan {
  const refresh = changes.length === 0 ? [] : REFRESH;
  return createPlan(title, { changes, refresh });
}

function writableFor(host: Host, { config, agent, certificates }: Declaration): string[] {
  const places = Object.values(certificates).flatMap(declaredPlaces);
  const deployed = places.flatMap((place) => foldersOf(host, place));
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
