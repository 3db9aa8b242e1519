import type { Bundle } from '../../../core/pki/authority/bundle.js';
import type { Deployment, Endpoint } from '../../../core/pki/authority/deployment.js';
import type { YamlFile } from '../../../core/formats/yaml-edit.js';
import type { Plan, ServedCertificate } from '../../../core/plan/plan.js';
import { fileError } from '../../../core/text/file-error.js';
import type { Host } from '../../../host/host.js';
import { assertSafePath } from '../../files/safe-path.js';

/** One bundle in one place. */
export interface DeploymentPart extends Deployment {
  /** How what runs here takes new files over. Asked only when there are some: the server itself may be asked for it. */
  readonly takeOver: () => Promise<TakeOver>;
}

export type TakeOver = Pick<Plan, 'refresh' | 'expect' | 'notes'>;

export const NOBODY: TakeOver = { refresh: [], expect: [], notes: [] };
export const byNobody = (): Promise<TakeOver> => Promise.resolve(NOBODY);

export const served = ({ certificate }: Bundle, at: Endpoint | null): ServedCertificate[] =>
  at === null ? [] : [{ kind: 'served-certificate', ...at, fingerprint: certificate.fingerprint }];

/** It names the files that are written. */
export function readSafeConfig(host: Host, path: string): YamlFile {
  assertSafePath(host, path, { care: 'name' });
  return readConfig(host, path);
}

export function readConfig(host: Host, path: string): YamlFile {
  try {
    return { path, text: Buffer.from(host.fs.read(path)).toString('utf8') };
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

/** stdout, or nothing where the program is missing or fails. */
export async function tryRun(
  { exec }: Host,
  argv: readonly [string, ...string[]],
): Promise<string> {
  try {
    const { status, stdout } = await exec.run(argv);
    return status === 0 ? stdout.trim() : '';
  } catch {
    return '';
  }
}
