import { dirname, join } from 'node:path';
import type { Bundle } from '../../../core/pki/authority/bundle.js';
import {
  harborLiveFolder,
  harborPort,
  registryPair,
  toFolder,
  toHarbor,
  type Endpoint,
} from '../../../core/pki/authority/deployment.js';
import { readHarborProxy, type HarborProxy } from '../../../core/pki/authority/harbor-proxy.js';
import type { DeployTarget } from '../../../core/pki/authority/deploy-targets.js';
import { createPlan, type Plan, type Secrets } from '../../../core/plan/plan.js';
import type { YamlFile } from '../../../core/formats/yaml-edit.js';
import type { Host } from '../../../host/host.js';
import { planFiles } from '../../files/plan-files.js';
import { answersTls } from '../../transaction/served-certificate.js';
import { deployRegistry, registryServerEndpoint } from './deploy-registry.js';
import {
  byNobody,
  readConfig,
  readSafeConfig,
  served,
  tryRun,
  type DeploymentPart,
  type TakeOver,
} from './deployment-part.js';

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
    bundles.map((bundle) =>
      DEPLOY[target.kind](host, { ...bundle, withRoot: target.withRoot === true }, target.path),
    ),
  );
  const files = new Map(parts.flatMap((part) => part.files.map((file) => [file.path, file])));
  const { changes, secrets, notes } = planFiles(host, [...files.values()]);
  const taken =
    changes.length === 0 ? [] : await Promise.all(parts.map(({ takeOver }) => takeOver()));
  const plan = createPlan(title, {
    changes,
    refresh: taken.flatMap(({ refresh }) => refresh),
    expect: taken.flatMap(({ expect }) => expect),
    notes: [
      ...notes,
      ...[...parts, ...taken].flatMap((one) => one.notes),
      ...(target.kind === 'folder' && changes.some(({ before }) => before !== null)
        ? [`what reads ${target.path} has the new one once it is restarted or reloaded`]
        : []),
    ],
  });
  return { plan, secrets };
}

/** Where the server of a deploy target can be asked for its certificate from here; null where nobody knows. */
export async function endpointOf(
  host: Host,
  { kind, path }: DeployTarget,
): Promise<Endpoint | null> {
  switch (kind) {
    case 'folder':
      return null;
    case 'registry':
      return registryServerEndpoint(host, path);
    case 'harbor': {
      const proxy = await runningProxy(host, readConfig(host, join(path, 'harbor.yml')));
      return proxy?.endpoint ?? null;
    }
  }
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
    // Of a registry in a container these are paths inside; a folder that is not there lets nobody in anywhere.
    ...(pair === null ? [] : [dirname(pair.certificate), dirname(pair.key)]),
  ];
}

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
