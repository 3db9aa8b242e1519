import type { Finding } from '../../plan/finding.js';
import { fileAt } from '../../plan/snapshot.js';
import { found } from '../codes.js';
import { isLoaded, type DoctorFacts, type Family } from '../facts.js';
import { moveAside } from '../../text/shell-word.js';

/** The daemon.json that every guide names. */
const USUAL = '/etc/docker/daemon.json';

export const installationFamily: Family = {
  name: 'installation',
  ok: 'one engine, and one daemon.json',
  find: (facts) => [...elsewhere(facts), ...twoEngines(facts)],
};

const WHY: Readonly<Record<DoctorFacts['observed']['flavour'], string>> = {
  engine: 'its unit names another file',
  rootless: 'it is rootless',
  snap: 'it is a snap',
  desktop: 'it is Docker Desktop',
};

function elsewhere({ observed, snapshot, units }: DoctorFacts): Finding[] {
  const { configPath, flavour, state, manager } = observed;
  // A rootless engine beside the machine's own: the file is the other's.
  const others =
    manager.kind !== 'systemd' || manager.user ? isLoaded(units, 'docker.service') : false;
  if (state === 'absent' || configPath === USUAL || fileAt(snapshot, USUAL) === null || others)
    return [];
  return [
    found('config-elsewhere', {
      subject: 'dockerd',
      path: USUAL,
      message: `dockerd does not read this file: ${WHY[flavour]}, and it reads ${configPath}.`,
      hint: moveAside(USUAL),
    }),
  ];
}

const SNAP = 'snap.docker.dockerd.service';

function twoEngines({ units }: DoctorFacts): Finding[] {
  if (!isLoaded(units, 'docker.service') || !isLoaded(units, SNAP)) return [];
  return [
    found('two-engines', {
      subject: 'docker',
      message:
        'the docker snap is installed beside the docker package: each has its own files, images and socket.',
      hint: 'snap stop --disable docker',
    }),
  ];
}
