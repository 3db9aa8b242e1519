import { goBoolean } from '../../dockerd/options/config-set.js';
import { parseFlags } from '../../dockerd/options/flags.js';
import { closingCommand, closingCommands, strangerWith } from '../../dockerd/observed/guarded.js';
import type { Finding } from '../../plan/finding.js';
import type { FileChange } from '../../plan/plan.js';
import { textAt } from '../../plan/snapshot.js';
import { fixCommand, found } from '../codes.js';
import type { DoctorFacts, Family } from '../facts.js';
import { DAEMON_RELOAD, fixPlan, ofUnit, rewriteFile } from '../fix-plan.js';
import { shellWord } from '../../text/shell-word.js';

export const exposureFamily: Family = {
  name: 'exposure',
  unseen: ({ filesOnly }) => filesOnly,
  ok: 'the engine answers only whom it should',
  find: (facts) => [
    ...openFiles(facts),
    ...openApi(facts),
    ...openSocket(facts),
    ...openSocketUnit(facts),
  ],
};

/** What stands in them is what root's dockerd does: its runtimes, plugins and hooks are programs. */
function openFiles({ openFiles: files, observed }: DoctorFacts): Finding[] {
  const own = observed.flavour === 'rootless' ? null : 0;
  return files.map((file) => {
    const commands = closingCommands(file);
    const who = own === null ? 'others' : (strangerWith(file, own) ?? 'others');
    return found('config-open-to-others', {
      subject: file.path,
      path: file.path,
      message: `${who} may change it, and whoever does is root by dockerd. Look at what it says.`,
      hint: closingCommand(file),
      fix: fixPlan('config-open-to-others', [], {
        refresh: commands.map((argv) => ({ argv, reason: 'only root may change it' })),
      }),
    });
  });
}

/** Who reaches the API is root here (docs.docker.com, "Protect the Docker daemon socket"). `hosts` of the file is validate's. */
function openApi({ observed, config, unit, snapshot }: DoctorFacts): Finding[] {
  const { flags } = parseFlags(observed.argv);
  const addresses = (flags.get('host')?.values ?? []).filter(
    (address) => /^(?:tcp:\/\/)?(?:\[[^\]]*\]|[^:/]*):\d+/.test(address) && !isLoopback(address),
  );
  const verified =
    config?.tlsverify === true || goBoolean(flags.get('tlsverify')?.values.at(-1)) === true;
  if (addresses.length === 0 || verified) return [];
  const files = [...new Set((unit?.words ?? []).map(({ source }) => source))].filter((path) =>
    path.startsWith('/etc/'),
  );
  const changes = files.flatMap((path): FileChange[] => {
    const text = textAt(snapshot, path);
    const fixed = addresses.reduce(
      (now, address) => now?.replaceAll(address, onLoopback(address)),
      text ?? undefined,
    );
    return fixed === undefined ? [] : rewriteFile(snapshot, path, fixed);
  });
  return [
    found('api-without-tls', {
      subject: addresses.join(', '),
      ...(files[0] === undefined ? {} : { path: files[0] }),
      message:
        'the engine listens on the network and asks nobody for a certificate: who reaches it is root here.',
      ...(changes.length === 0
        ? { hint: 'systemctl edit docker.service' }
        : {
            hint: fixCommand('api-without-tls'),
            fix: fixPlan('api-without-tls', changes, ofUnit('it listens where its flags say')),
          }),
    }),
  ];
}

function onLoopback(address: string): string {
  return address.replace(/^((?:tcp:\/\/)?)(?:\[[^\]]*\]|[^:/]*)(?=:\d)/, '$1127.0.0.1');
}

function isLoopback(address: string): boolean {
  return /^(?:tcp:\/\/)?(?:127\.|localhost\b|\[::1\])/.test(address);
}

/** Who may write to a socket may connect to it, and nobody else (unix(7)). */
const OTHERS_WRITE = 0o002;

function openSocket({ socketMode, observed: { endpoint } }: DoctorFacts): Finding[] {
  if (socketMode === null || (socketMode & OTHERS_WRITE) === 0) return [];
  if (endpoint === null || !('socketPath' in endpoint)) return [];
  const { socketPath: path } = endpoint;
  return [
    found('socket-open-to-all', {
      subject: path,
      path,
      message: `everybody on this machine may use the engine (mode ${octal(socketMode)}), and is root by it.`,
      hint: `chmod o-rw ${shellWord(path)}`,
    }),
  ];
}

/** What opens the socket again each time that systemd makes it. */
function openSocketUnit({ observed: { manager }, units, snapshot }: DoctorFacts): Finding[] {
  const unit = manager.kind === 'systemd' ? manager.socketUnit : null;
  const properties = unit === null ? undefined : units.get(unit);
  const mode = properties?.get('SocketMode') ?? '';
  // A masked one has systemd's defaults, and makes no socket.
  if (properties?.get('LoadState') === 'masked') return [];
  if (unit === null || (parseInt(mode, 8) & OTHERS_WRITE) === 0 || !/^\d+$/.test(mode)) return [];
  const files = [
    properties?.get('FragmentPath'),
    ...(properties?.get('DropInPaths') ?? '').split(' '),
  ];
  const changes = files.flatMap((path): FileChange[] => {
    const text = path?.startsWith('/etc/') === true ? textAt(snapshot, path) : null;
    if (path === undefined || text === null) return [];
    return rewriteFile(snapshot, path, text.replace(/^(\s*SocketMode\s*=).*$/gm, '$10660'));
  });
  return [
    found('socket-unit-open', {
      subject: unit,
      ...(changes[0] === undefined ? {} : { path: changes[0].path }),
      message: `it makes the socket with mode ${mode}: everybody on this machine is root by it.`,
      ...(changes.length === 0
        ? { hint: `systemctl edit ${unit}` }
        : {
            hint: fixCommand('socket-unit-open'),
            fix: fixPlan('socket-unit-open', changes, { refresh: [DAEMON_RELOAD] }),
          }),
    }),
  ];
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}
