import { DOCKER_HUB } from '../../core/dockerd/options/docker-hub.js';
import { entriesOf } from '../../core/dockerd/options/entries.js';
import { flagEntries } from '../../core/dockerd/observed/flag-entries.js';
import { MIRRORS, normalizeMirrors } from '../../core/dockerd/options/mirrors.js';
import { readAskedServers } from '../../system/trust/asked-servers.js';
import {
  testAskedServers,
  testMirrors,
  type MirrorResult,
} from '../../system/trust/mirror-test.js';
import { weighMirrors, type WeighedMirror } from '../../app/trust/mirror-words.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand } from '../../app/context/command.js';
import { shellWord } from '../../core/text/shell-word.js';
import { renderTable } from '../text/table.js';
import { readDaemonTrust } from '../../app/trust/prove.js';
import { mirroredRegistry } from '../../app/trust/mirrors-for.js';
import { checkMirrors, FOR } from './mirror-list.js';

export const command = defineCommand({
  summary: 'ask each mirror for a real manifest, have dockerd ask it too, and name the dead ones',
  args: [
    {
      name: 'URL',
      describe: 'mirrors to test; default: those of daemon.json and of flags',
      many: true,
    },
  ],
  options: { for: { ...FOR.for, describe: 'those of this registry, as hosts.toml names them' } },
  examples: [
    'mirrors test',
    'mirrors test https://mirror.example.com',
    'mirrors test --for ghcr.io',
  ],
  run: async (context, { args, options }) => {
    const { document, observed } = await readDaemonJson(context);
    const trust = await readDaemonTrust(context);
    const registry = mirroredRegistry(options.for ?? DOCKER_HUB).name;
    const asked =
      args.length === 0 && trust.hostsToml
        ? readAskedServers(context.host, trust.certsDir, registry)
        : null;
    const done = ({ mirror, verdict }: MirrorResult) => {
      context.terminal.progress(`${mirror} ${verdict}`);
    };
    if (asked?.several === true) {
      const results = await testAskedServers(context.host, asked, { trust, done });
      const hosts = asked.servers.map(({ url }) => url);
      return {
        ...(await weighMirrors(context, observed, { results, registry, hosts })),
        ...{ registry, file: asked.path, configured: hosts },
      };
    }
    if (registry !== DOCKER_HUB && args.length === 0)
      return { mirrors: [], unasked: null, registry, file: null, configured: [] };
    const own = [
      ...entriesOf(document, MIRRORS),
      ...flagEntries(observed, MIRRORS.key).map(({ value }) => value),
    ];
    const configured = normalizeMirrors(
      registry === DOCKER_HUB
        ? own
        : (readAskedServers(context.host, trust.certsDir, registry)?.servers ?? []).map(
            ({ url }) => url,
          ),
    );
    const wanted = args.length > 0 ? checkMirrors(args, observed.version) : own;
    const mirrors = normalizeMirrors(wanted).filter((mirror) => URL.canParse(mirror));
    context.terminal.progress(`Asking ${mirrors.length} mirrors`);
    const results = await testMirrors(context.host, mirrors, { trust, done });
    const weighed = await weighMirrors(context, observed, { results, registry, hosts: null });
    return { ...weighed, registry, file: null, configured };
  },
  render: ({ mirrors, unasked, registry, file, configured }, style) => {
    const whom = registry === DOCKER_HUB ? 'Docker Hub' : registry;
    if (mirrors.length === 0) return `No mirrors: ${whom} is asked directly.`;
    const table = renderTable(
      ['MIRROR', 'RESULT', 'STATUS', 'MS', 'TLS', 'DOCKERD', 'WHY'],
      mirrors.map(rowOf),
      style,
    );
    const dead = mirrors.filter(({ verdict }) => verdict === 'dead').map(({ mirror }) => mirror);
    const by =
      file === null
        ? ''
        : `\nFor ${whom} dockerd asks these, as ${file} says, and not daemon.json.`;
    const unproved = `${by}${unasked === null ? '' : `\nNot proved by dockerd: ${unasked}.`}`;
    const named = file === null ? '' : `--for ${registry} `;
    const waitedFor = dead.filter((mirror) => configured.includes(mirror));
    return waitedFor.length === 0
      ? `${table}${unproved}`
      : `${table}${unproved}\nEvery pull waits for a dead mirror first. Try: dockerctl mirrors remove ${named}${waitedFor.map(shellWord).join(' ')}`;
  },
  status: ({ mirrors }) => (mirrors.some(({ verdict }) => verdict === 'dead') ? 1 : 0),
});

function rowOf(one: WeighedMirror): string[] {
  const { mirror, verdict, status, milliseconds, tls, dockerd, reason } = one;
  return [mirror, verdict, ...[status, milliseconds].map(textOf), tls, dockerd ?? '-', reason];
}

function textOf(value: number | null): string {
  return value === null ? '-' : String(value);
}
