import type { Declaration } from '../../core/declaration/schema.js';
import { stringsOf } from '../../core/dockerd/options/meaning.js';
import { mirrorHosts } from '../../core/dockerd/options/mirrors.js';
import type { CertificateSituation } from '../../core/declaration/desired-certificates.js';
import type { MachineState } from '../../core/declaration/desired.js';
import { readsTrust, slicesOf, type TrustSituation } from '../../core/declaration/desired-trust.js';
import { documentOf } from '../../core/declaration/wanted-file.js';
import { get } from '../../core/formats/json/json-edit.js';
import type { FileImage } from '../../core/plan/plan.js';
import { utcTime } from '../../core/text/utc-time.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Host } from '../../host/host.js';
import { readBootId } from '../systemd/boot-id.js';
import { readConfigImage } from '../dockerd/config-image.js';
import { readLastGood } from '../history/last-good.js';
import { daemonController, type DaemonController } from '../dockerd/control/controller.js';
import { recordsOf } from '../trust/records.js';
import { createSnapshotReader } from '../files/read-snapshot.js';
import { readWantedTrust } from '../trust/wanted-trust.js';

type TrustDeclaration = Pick<Declaration, 'registries' | 'cas' | 'mirrors' | 'daemon'>;

interface Looking {
  /** `--config`, where it was given. */
  readonly config: string | null;
  /** The daemon, with what was seen of it already. */
  readonly daemon?: DaemonController | undefined;
  /** Whatever was seen of it already. */
  readonly anew?: boolean;
}

/** Looks at everything the declaration speaks of. */
export async function observeSituation(
  host: Host,
  declaration: Declaration,
  { config, daemon = daemonController(host), anew = false }: Looking,
): Promise<MachineState> {
  const seen = await daemon.observe(config, { anew });
  const path = config ?? declaration.config ?? seen.configPath;
  const same = path === seen.configPath;
  const observed = same
    ? seen
    : { ...seen, configPath: path, configFile: readConfigImage(host, path) };
  return {
    certificates: await observeCertificates(host, declaration),
    trust: await observeTrust(host, declaration, observed),
    daemon: {
      declaration,
      observed,
      readsInstead: same || seen.state === 'absent' ? null : seen.configPath,
      lastGood: readLastGood(host),
      bootId: readBootId(host),
      provenance: provenanceOf(host, observed),
    },
  };
}

/** The knowledge of our own authority is loaded only where it is asked for: an agent lives long. */
async function observeCertificates(
  host: Host,
  declaration: Declaration,
): Promise<CertificateSituation> {
  if (Object.keys(declaration.certificates).length === 0)
    return { targets: [], secrets: new Map() };
  const { readWantedCertificates } = await import('./wanted-certificates.js');
  return readWantedCertificates(host, declaration);
}

/** What is known of those whom a declaration lets this machine trust. */
export async function observeTrust(
  host: Host,
  declaration: TrustDeclaration,
  { certsDir, configFile }: ObservedDaemon,
): Promise<TrustSituation> {
  const { registries, authorities, secrets } = await readWantedTrust(host, declaration, certsDir);
  const mirrors = declaredMirrors(declaration, configFile);
  const machine = { certsDir, mirrors, records: recordsOf(host) };
  const reader = createSnapshotReader(host);
  reader.grow((seen) => readsTrust({ machine, registries: [], authorities }, seen));
  for (const some of slicesOf(registries)) {
    reader.grow((seen) => readsTrust({ machine, registries: some, authorities: [] }, seen));
    if (some !== registries) await host.clock.sleep(0);
  }
  const { seen } = reader;
  return {
    machine,
    registries,
    authorities,
    snapshot: seen.snapshot,
    secrets: new Map([...seen.secrets, ...secrets]),
  };
}

/** Those that are declared, else those of the file: dockerd reads certificates for them too. */
function declaredMirrors({ mirrors, daemon }: TrustDeclaration, file: FileImage | null): string[] {
  const document = file === null ? null : documentOf(file);
  const own = daemon['registry-mirrors'] ?? (document && get(document, ['registry-mirrors']));
  return mirrorHosts(stringsOf(mirrors ?? own ?? undefined));
}

function provenanceOf({ fs }: Host, { configPath, configFile }: ObservedDaemon): string {
  const stat = configFile === null ? null : fs.stat(configPath, { follow: true });
  if (stat === null) return '';
  return `; the file was changed at ${utcTime(stat.modifiedMs)} and belongs to ${stat.uid === 0 ? 'root' : `user ${stat.uid}`}`;
}
