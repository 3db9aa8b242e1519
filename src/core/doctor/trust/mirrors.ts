import { stringsOf } from '../../dockerd/options/meaning.js';
import { normalizeMirrors } from '../../dockerd/options/mirrors.js';
import { retiredMirror } from '../../dockerd/options/retired-mirrors.js';
import { flagEntries } from '../../dockerd/observed/flag-entries.js';
import type { Finding } from '../../plan/finding.js';
import { found } from '../codes.js';
import type { DoctorFacts, Family } from '../facts.js';
import { shellWord } from '../../text/shell-word.js';
import { clientConfigs } from '../machine/client-config.js';
import { hostsFindings } from './hosts-files.js';
import { loggedIn } from './used-registries.js';

export const mirrorsFamily: Family = {
  name: 'mirrors',
  ok: ({ dialled }) =>
    dialled === null ? 'none that is known to be dead (--deep asks them)' : 'all give images',
  find: (facts) => {
    const mirrors = [
      ...stringsOf(facts.config?.['registry-mirrors']),
      ...flagEntries(facts.observed, 'registry-mirrors').map(({ value }) => value),
    ].flatMap((mirror) => (URL.canParse(mirror) ? [{ mirror, url: new URL(mirror) }] : []));
    const told = mirrors.flatMap((one) => useless(facts, one));
    return [
      ...told,
      ...mirrors.flatMap((one) => logins(facts, one)),
      ...hostsFindings(facts),
      ...dead(facts, told),
    ];
  },
};

interface Mirror {
  readonly mirror: string;
  readonly url: URL;
}

/** Pages where people fetch the address of their mirror; Docker Hub's own page. */
const CONSOLE = /(?:^|\.)console\.|^(?:hub|www)\.docker\.com$|^cr\.console\./;

function useless({ observed }: DoctorFacts, { mirror, url }: Mirror): Finding[] {
  const place = { subject: mirror, path: observed.configPath, hint: removal(mirror) };
  return CONSOLE.test(url.hostname)
    ? [
        found('mirror-is-console', {
          ...place,
          message: 'this is a web page for people; the mirror itself has another address.',
        }),
      ]
    : [];
}

/** moby distribution/registry.go: mirrors get the login of index.docker.io, and never one of their own (moby#30880, #42022). */
function logins(facts: DoctorFacts, { mirror, url }: Mirror): Finding[] {
  const place = { subject: mirror, path: facts.observed.configPath };
  const unused = loggedIn(facts).includes(url.host)
    ? [
        found('mirror-login-unused', {
          ...place,
          message:
            'there is a login for it, which dockerd does not use when it pulls through a mirror.',
          hint: `docker logout ${shellWord(url.host)}`,
        }),
      ]
    : [];
  const hub = clientConfigs(facts).some(({ auths }) =>
    Object.keys(auths).some((key) => /^(?:https?:\/\/)?index\.docker\.io\b/.test(key)),
  );
  const open = url.protocol === 'http:' && !/^(?:127\.|localhost$|\[::1\])/.test(url.hostname);
  return hub && open
    ? [
        ...unused,
        found('mirror-gets-hub-login', {
          ...place,
          message:
            'dockerd sends the login of Docker Hub to it, where everybody on the way can read it.',
          hint: 'docker logout',
        }),
      ]
    : unused;
}

function dead({ dialled, observed }: DoctorFacts, told: readonly Finding[]): Finding[] {
  // Those that are known to be retired are told with daemon.json.
  const mirrors = (dialled?.deadMirrors ?? []).filter(
    ({ mirror }) =>
      retiredMirror(mirror) === null &&
      told.every(({ subject }) => normalizeMirrors([subject])[0] !== normalizeMirrors([mirror])[0]),
  );
  return mirrors.map(({ mirror, reason }) =>
    found('mirror-dead', {
      subject: mirror,
      path: observed.configPath,
      message: `${reason}.`,
      hint: removal(mirror),
    }),
  );
}

function removal(mirror: string): string {
  return `dockerctl mirrors remove ${shellWord(mirror)}`;
}
