import { DOCKER_HUB } from '../../dockerd/options/docker-hub.js';
import { join } from 'node:path';
import { imageStoreIn, readsHostsToml } from '../../dockerd/observed/image-store.js';
import { stringsOf } from '../../dockerd/options/meaning.js';
import { mirrorHosts } from '../../dockerd/options/mirrors.js';
import { inRange, parseVersion } from '../../dockerd/options/keys/version.js';
import { readHosts } from '../../formats/toml/hosts-toml.js';
import type { Finding } from '../../plan/finding.js';
import { namesIn, textAt } from '../../plan/snapshot.js';
import { shellWord } from '../../text/shell-word.js';
import { askedServers } from '../../trust/hosts/asked-servers.js';
import { storeMoves } from '../../trust/hosts/store-moves.js';
import { mirrorCaChanges } from '../../trust/mirrors/mirror-cas.js';
import { attempt, isDockerctlError } from '../../../errors.js';
import { fixCommand, found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';
import { fixPlan } from '../fix-plan.js';

/** What hosts.toml and the store of images make of mirrors and their CAs: both change with the store, and with the engine. */
export function hostsFindings(facts: DoctorFacts): Finding[] {
  return [...hostsFiles(facts), ...casOfStore(facts), ...casElsewhere(facts)];
}

function hostsFiles({ snapshot, observed, config }: DoctorFacts): Finding[] {
  const { certsDir, info, version } = observed;
  const store = imageStoreIn(info);
  const mirrors = stringsOf(config?.['registry-mirrors']);
  return namesIn(snapshot, certsDir).flatMap((registry) => {
    const path = join(certsDir, registry, 'hosts.toml');
    const text = textAt(snapshot, path) ?? '';
    if (text.trim() === '') return [];
    const place = { subject: registry, path };
    const file = attempt(() => readHosts(path, text));
    if (isDockerctlError(file))
      return [
        found('hosts-toml-broken', {
          ...place,
          message: `${file.message}: dockerd asks the registry as if it were not there.`,
          hint: `$EDITOR ${shellWord(path)}`,
        }),
      ];
    if (info !== null && !readsHostsToml(store, version))
      return [
        found('hosts-toml-unread', {
          ...place,
          message:
            'pulls do not read it here: dockerd does from 28.0 on, with its images in containerd (builds do from 28.0 on).',
          hint:
            registry === DOCKER_HUB && file.hosts.length > 0
              ? `dockerctl mirrors set ${file.hosts.map(({ url }) => shellWord(url)).join(' ')}`
              : 'dockerctl mirrors list',
        }),
      ];
    const hub = askedServers(snapshot, certsDir, DOCKER_HUB);
    return hub?.path === path && hub.several && mirrors.length > 0
      ? [
          found('hosts-toml-hides-mirrors', {
            ...place,
            message: `dockerd asks ${file.hosts.map(({ url }) => url).join(', ')}, and not the mirrors of daemon.json.`,
            hint: `dockerctl mirrors clear --for ${registry}`,
          }),
        ]
      : [];
  });
}

/** A switch of the store leaves them where the other one looked. */
function casOfStore({ snapshot, observed }: DoctorFacts): Finding[] {
  const { certsDir, info, version } = observed;
  if (info === null) return [];
  const read = readsHostsToml(imageStoreIn(info), version);
  return storeMoves(snapshot, certsDir, read).flatMap(({ registry, path, kind, changes }) =>
    kind === 'ca'
      ? [
          found('registry-ca-elsewhere', {
            subject: registry,
            path,
            message: read
              ? 'its CA lies beside this file and is not named in it: pulls by images in containerd do not read it.'
              : 'its CA is named by this file alone, which pulls by graph drivers do not read.',
            hint: fixCommand('registry-ca-elsewhere'),
            fix: fixPlan('registry-ca-elsewhere', changes),
          }),
        ]
      : kind === 'insecure'
        ? [
            found('hosts-toml-insecure-unread', {
              subject: registry,
              path,
              message:
                'it switches verification off, or speaks http, in a file that pulls by graph drivers do not read: to them the registry is a secure one.',
              hint: `dockerctl insecure add ${shellWord(registry)}`,
            }),
          ]
        : [],
  );
}

/** Engines that look for a mirror's CA under docker.io: with images in containerd, and in builds (moby daemon/hosts.go). */
const UNDER_HUB = '28..';

function casElsewhere({ snapshot, observed, config }: DoctorFacts): Finding[] {
  const engine = parseVersion(observed.version ?? '');
  if (engine === null || !inRange(engine, UNDER_HUB)) return [];
  const { certsDir } = observed;
  return mirrorHosts(stringsOf(config?.['registry-mirrors'])).flatMap((mirror) => {
    const changes = mirrorCaChanges({ certsDir, mirrors: [mirror] }, snapshot);
    if (changes.length === 0) return [];
    return [
      found('mirror-ca-elsewhere', {
        subject: mirror,
        path: join(certsDir, mirror),
        message: `its CA lies in the folder of its own name, and this engine, with images in containerd and in builds, looks into ${join(certsDir, DOCKER_HUB)}.`,
        hint: fixCommand('mirror-ca-elsewhere'),
        fix: fixPlan('mirror-ca-elsewhere', changes),
      }),
    ];
  });
}
