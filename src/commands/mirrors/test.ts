import { entriesOf } from '../../core/dockerd/options/entries.js';
import { flagEntries } from '../../core/dockerd/observed/flag-entries.js';
import { MIRRORS, normalizeMirrors } from '../../core/dockerd/options/mirrors.js';
import { testMirrors } from '../../system/trust/mirror-test.js';
import { weighMirrors, type WeighedMirror } from '../../app/trust/mirror-words.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand } from '../../app/context/command.js';
import { renderTable } from '../text/table.js';
import { readDaemonTrust } from '../../app/trust/prove.js';
import { checkMirrors } from './mirror-list.js';

export const command = defineCommand({
  summary: 'ask each mirror for a real manifest, have dockerd ask it too, and name the dead ones',
  args: [
    {
      name: 'URL',
      describe: 'mirrors to test; default: those of daemon.json and of flags',
      many: true,
    },
  ],
  options: {},
  examples: ['mirrors test', 'mirrors test https://mirror.example.com'],
  run: async (context, { args }) => {
    const { document, observed } = await readDaemonJson(context);
    const wanted =
      args.length > 0
        ? checkMirrors(args, observed.version)
        : [
            ...entriesOf(document, MIRRORS),
            ...flagEntries(observed, MIRRORS.key).map(({ value }) => value),
          ];
    const mirrors = normalizeMirrors(wanted).filter((mirror) => URL.canParse(mirror));
    context.terminal.progress(`Asking ${mirrors.length} mirrors`);
    const results = await testMirrors(context.host, mirrors, {
      trust: await readDaemonTrust(context),
      done: ({ mirror, verdict }) => {
        context.terminal.progress(`${mirror} ${verdict}`);
      },
    });
    return weighMirrors(context, observed, results);
  },
  render: ({ mirrors, unasked }, style) => {
    if (mirrors.length === 0) return 'No mirrors: Docker Hub is asked directly.';
    const table = renderTable(
      ['MIRROR', 'RESULT', 'STATUS', 'MS', 'TLS', 'DOCKERD', 'WHY'],
      mirrors.map(rowOf),
      style,
    );
    const dead = mirrors.filter(({ verdict }) => verdict === 'dead').map(({ mirror }) => mirror);
    const unproved = unasked === null ? '' : `\nNot proved by dockerd: ${unasked}.`;
    return dead.length === 0
      ? `${table}${unproved}`
      : `${table}${unproved}\nEvery pull waits for a dead mirror first. Try: dockerctl mirrors remove ${dead.join(' ')}`;
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
