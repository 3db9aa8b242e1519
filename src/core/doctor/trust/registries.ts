import { insecureEntry } from '../../dockerd/options/insecure.js';
import { stringsOf } from '../../dockerd/options/meaning.js';
import { mirrorHosts } from '../../dockerd/options/mirrors.js';
import type { Finding } from '../../plan/finding.js';
import { namesIn } from '../../plan/snapshot.js';
import { found } from '../codes.js';
import type { DoctorFacts, Family } from '../facts.js';
import { shellWord } from '../../text/shell-word.js';
import { criTables } from './cri-tables.js';
import { namedByUse } from './used-registries.js';

export const registriesFamily: Family = {
  name: 'registries',
  ok: ({ dialled }) =>
    dialled === null
      ? 'listed as they are used (--deep asks them)'
      : 'all answer as dockerd needs them',
  find: (facts) => [
    ...otherPort(facts),
    ...withoutNeed(facts),
    ...asked(facts),
    ...criTables(facts),
  ],
};

/** The list is compared letter by letter, port included (moby registry/config.go). */
function otherPort(facts: DoctorFacts): Finding[] {
  const { config, observed, snapshot } = facts;
  const listed = stringsOf(config?.['insecure-registries'])
    .map((entry) => insecureEntry(entry))
    .flatMap(({ kind, value }) => (kind === 'host' ? [value] : []));
  const trusted = namesIn(snapshot, observed.certsDir);
  return namedByUse(facts)
    .filter((used) => !listed.includes(used) && !trusted.includes(used))
    .flatMap((used) => {
      const other = listed.find((entry) => withoutPort(entry) === withoutPort(used));
      if (other === undefined) return [];
      return [
        found('insecure-port', {
          subject: used,
          path: observed.configPath,
          message: `it is used as ${used}, and insecure-registries names ${other}: to dockerd these are two registries.`,
          hint: `dockerctl insecure add ${shellWord(used)}`,
        }),
      ];
    });
}

function withoutPort(registry: string): string {
  return registry.replace(/:\d+$/, '');
}

function withoutNeed({ dialled, observed }: DoctorFacts): Finding[] {
  return (dialled?.trustworthy ?? []).map((registry) =>
    found('insecure-without-need', {
      subject: registry,
      path: observed.configPath,
      message:
        'it speaks https with a certificate that dockerd would accept, and yet nothing is verified.',
      hint: `dockerctl insecure remove ${shellWord(registry)}`,
    }),
  );
}

/** What `trust verify` says; the one command where its hint is a choice. A dead mirror is a finding of the mirrors. */
function asked({ dialled }: DoctorFacts): Finding[] {
  const dead = mirrorHosts((dialled?.deadMirrors ?? []).map(({ mirror }) => mirror));
  return (dialled?.registries ?? [])
    .filter(({ subject }) => !dead.includes(subject))
    .filter(({ code }) => /^(?:registry|token|redirect)-/.test(code))
    .filter(({ code }) => code !== 'registry-insecure')
    .map((finding) =>
      finding.code === 'registry-speaks-http'
        ? { ...finding, hint: `dockerctl insecure add ${shellWord(finding.subject)}` }
        : finding,
    );
}
