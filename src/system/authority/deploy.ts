import { dirname, join } from 'node:path';
import { fileError } from '../../core/text/file-error.js';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import {
  harborLiveFolder,
  harborPort,
  registryEndpoint,
  registryPair,
  registryStorage,
  toFolder,
  toHarbor,
  toRegistry,
  type Deployment,
  type Endpoint,
} from '../../core/pki/authority/deployment.js';
import { readHarborProxy, type HarborProxy } from '../../core/pki/authority/harbor-proxy.js';
import type { DeployTarget } from '../../core/pki/authority/deploy-targets.js';
import {
  createPlan,
  type Plan,
  type Secrets,
  type ServedCertificate,
} from '../../core/plan/plan.js';
import type { YamlFile } from '../../core/formats/yaml-edit.js';
import type { Host } from '../../host/host.js';
import { planFiles } from '../files/plan-files.js';
import { assertSafePath } from '../files/safe-path.js';
import { answersTls } from '../transaction/served-certificate.js';

export interface DeployPlan {
  readonly plan: Plan;
  readonly secrets: Secrets;
}

/** The plan that puts bundles into a place, and makes what runs there take them over. Reads the machine, changes nothing. */
export async function planDeployment(
  host: Host,
  bundles: readonly Bundle[],
  { target, title }: { readonly target: DeployTarget; readonly title: string },
): Promise<DeployPlan> {
  const parts = await Promise.all(
    bundles.map((bundle) => DEPLOY[target.kind](host, bundle, target.path)),
  );
  const files = new Map(parts.flatMap((part) => part.files.map((file) => [file.path, file])));
  const { changes, secrets, notes } = planFiles(host, [...files.values()]);
  const taken =
    changes.length === 0 ? [] : await Promise.all(parts.map(({ takeOver }) => takeOver()));
  const plan = createPlan(title, {
    changes,
    refresh: taken.flatMap(({ refresh }) => refresh),
    expect: taken.flatMap(({ expect }) => expect),
    notes: [...notes, ...[...parts, ...taken].flatMap((one) => one.notes)],
  });
  return { plan, secrets };
}

/** The folders that a deployment writes into: a confined agent must be let in. */
export function foldersOf(host: Host, { kind, path }: DeployTarget): string[] {
  if (kind === 'folder') return [path];
  const file = kind === 'harbor' ? join(path, 'harbor.yml') : path;
  if (host.fs.stat(file, { follow: true }) === null) return [dirname(file)];
  const config = readConfig(host, file);
  const pair = kind === 'registry' ? registryPair(config) : null;
  const live = kind === 'harbor' ? [harborLiveFolder(config)] : [];
  return [
    dirname(file),
    ...live,
    ...(pair === null ? [] : [dirname(pair.certificate), dirname(pair.key)]),
  ];
}

interface DeploymentPart extends Deployment {
  /** How what runs here takes new files over. Asked only when there are some: the server itself may be asked for it. */
  readonly takeOver: () => Promise<TakeOver>;
}

type TakeOver = Pick<Plan, 'refresh' | 'expect' | 'notes'>;

const NOBODY: TakeOver = { refresh: [], expect: [], notes: [] };
const byNobody = (): Promise<TakeOver> => Promise.resolve(NOBODY);

type Deploy = (host: Host, bundle: Bundle, path: string) => Promise<DeploymentPart>;

const DEPLOY: Readonly<Record<DeployTarget['kind'], Deploy>> = {
  folder: (_host, bundle, path) =>
    Promise.resolve({ ...toFolder(bundle, path), takeOver: byNobody }),
  harbor: deployHarbor,
  registry: deployRegistry,
};

async function deployHarbor(host: Host, bundle: Bundle, path: string): Promise<DeploymentPart> {
  const config = readSafeConfig(host, join(path, 'harbor.yml'));
  const proxy = await runningProxy(host, config);
  return {
    ...toHarbor(bundle, config, proxy !== null),
    takeOver: proxy === null ? byNobody : () => byProxy(host, bundle, proxy.endpoint),
  };
}

async function byProxy(host: Host, bundle: Bundle, endpoint: Endpoint | null): Promise<TakeOver> {
  const reason = "Harbor's proxy reads its certificate again";
  // One that cannot be asked now (another address, a firewall) could not be judged afterwards either.
  const asked = endpoint !== null && (await answersTls(host, endpoint)) ? endpoint : null;
  return {
    refresh: [{ argv: ['docker', 'kill', '--signal', 'HUP', PROXY], reason }],
    expect: served(bundle, asked),
    notes: asked === null ? [unseen(endpoint)] : [],
  };
}

/** The container of goharbor/nginx-photon in Harbor's docker-compose.yml. */
const PROXY = 'nginx';

/** The proxy that serves this very Harbor, where it runs with the copies where we know them to be; else null. */
async function runningProxy(host: Host, config: YamlFile): Promise<HarborProxy | null> {
  const live = harborLiveFolder(config);
  if (host.self.root !== null || host.fs.stat(join(live, 'server.crt')) === null) return null;
  const answer = await tryRun(host, ['docker', 'inspect', '--type', 'container', PROXY]);
  const proxy = readHarborProxy(answer, harborPort(config));
  return proxy?.isRunning === true && proxy.mounts.get('/etc/cert') === live ? proxy : null;
}

const unseen = (at: Endpoint | null): string =>
  `whether the proxy presents the new certificate was not seen: it ${
    at === null
      ? 'publishes no TLS port on this machine'
      : `does not answer on ${at.host}:${at.port}`
  }`;

const REGISTRY_UNIT = 'docker-registry.service';

function deployRegistry(host: Host, bundle: Bundle, path: string): Promise<DeploymentPart> {
  const config = readSafeConfig(host, path);
  const named = registryPair(config);
  const existing =
    named !== null && host.fs.stat(named.key, { follow: true }) !== null ? named : null;
  const owner = host.fs.stat(registryStorage(config), { follow: true });
  return Promise.resolve({
    ...toRegistry(bundle, config, { existing, owner }),
    takeOver: () => byRegistry(host, bundle, config),
  });
}

async function byRegistry(host: Host, bundle: Bundle, config: YamlFile): Promise<TakeOver> {
  const reason = 'the registry reads its certificate when it starts';
  return (await isServedByUnit(host, config.path))
    ? {
        refresh: [{ argv: ['systemctl', 'restart', REGISTRY_UNIT], reason }],
        expect: served(bundle, registryEndpoint(config)),
        notes: [],
      }
    : { ...NOBODY, notes: ['restart the registry: it reads its certificate when it starts'] };
}

/** Debian's service runs with this very file; another registry is its operator's to restart. */
async function isServedByUnit(host: Host, path: string): Promise<boolean> {
  if (host.self.root !== null) return false;
  const show = ['systemctl', 'show', '--property=ActiveState,ExecStart', REGISTRY_UNIT] as const;
  const words = (await tryRun(host, show)).split(/\s+/);
  return words.includes('ActiveState=active') && words.includes(path);
}

const served = ({ certificate }: Bundle, at: Endpoint | null): ServedCertificate[] =>
  at === null ? [] : [{ kind: 'served-certificate', ...at, fingerprint: certificate.fingerprint }];

/** It names the files that are written. */
function readSafeConfig(host: Host, path: string): YamlFile {
  assertSafePath(host, path, { care: 'name' });
  return readConfig(host, path);
}

function readConfig(host: Host, path: string): YamlFile {
  try {
    return { path, text: Buffer.from(host.fs.read(path)).toString('utf8') };
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

/** stdout, or nothing where the program is missing or fails. */
async function tryRun({ exec }: Host, argv: readonly [string, ...string[]]): Promise<string> {
  try {
    const { status, stdout } = await exec.run(argv);
    return status === 0 ? stdout.trim() : '';
  } catch {
    return '';
  }
}
