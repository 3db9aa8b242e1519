import type { CertFolder } from '../../core/trust/consumers/listing.js';
import type { Host } from '../../host/host.js';
import { readCertFolders } from './cert-folders.js';
import { containerdCerts } from './own-trust.js';

/** The folders of certificates that the consumers of this machine have, a registry each. */
export function readDaemonCertFolders(host: Host): CertFolder[] {
  return [
    ...readCertFolders(host, '/etc/docker/certs.d', { consumer: 'docker', hostsToml: false }),
    ...readCertFolders(host, containerdCerts(host), { consumer: 'containerd', hostsToml: true }),
    ...readCertFolders(host, '/etc/containers/certs.d', { consumer: 'podman', hostsToml: false }),
  ];
}
