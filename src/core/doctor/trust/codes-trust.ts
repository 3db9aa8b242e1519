import type { DoctorCode } from '../code-row.js';

/** Certificates, registries and mirrors. */
export const TRUST_CODES = {
  'certs-folder-name': {
    severity: 'error',
    meaning: 'The name of a folder in certs.d is no registry: no reader looks there.',
    advice: 'Rename it to host:port, as image names begin.',
    fix: 'safe',
  },
  'certs-folder-misspelt': {
    severity: 'error',
    meaning:
      'A folder beside certs.d has nearly its name, and certificates in it: no reader looks there.',
    advice: 'Move what is in it to certs.d.',
  },
  'certs-folder-nested': {
    severity: 'error',
    meaning:
      "Certificates lie in a folder of a registry's folder in certs.d: no reader goes that deep.",
    advice: "Move them into the registry's folder.",
  },
  'certs-folder-port': {
    severity: 'warning',
    meaning: 'The folder lacks the port that the registry is used with: it is another registry.',
    advice: 'Rename it to host:port.',
    fix: 'safe',
  },
  'certs-folder-containerd-only': {
    severity: 'warning',
    meaning: 'A folder host_port_ is read by containerd and builds; docker login does not see it.',
    advice: 'Rename it to host:port, which all read.',
    fix: 'safe',
  },
  'certs-file-loose': {
    severity: 'warning',
    meaning: 'A certificate lies in certs.d itself: each registry has a folder of its own there.',
    advice: 'Move it away, and add it with `dockerctl trust add-registry REGISTRY --ca FILE`.',
  },
  'certs-link-broken': {
    severity: 'error',
    meaning: 'A link in a folder of certs.d leads nowhere: every pull from that registry fails.',
    advice: 'Remove it.',
  },
  'certs-client-expired': {
    severity: 'error',
    meaning: 'The client certificate for a registry has expired.',
    advice: 'Move it away, and add the renewed pair.',
  },
  'insecure-hides-certificates': {
    severity: 'warning',
    meaning:
      'The registry is listed as insecure, so dockerd ignores the certificates that lie here for it.',
    advice: '`dockerctl insecure remove HOST`.',
  },
  'anchor-not-compiled': {
    severity: 'warning',
    meaning:
      'A CA lies in the folder of trust anchors, but the bundle that programs read does not hold it.',
    advice: "Run the system's tool.",
  },
  'anchor-ending': {
    severity: 'warning',
    meaning: "A CA in the folder of trust anchors has an ending that the system's tool ignores.",
    advice: 'Rename it and run the tool.',
  },
  'anchor-der': {
    severity: 'error',
    meaning:
      'A CA in the folder of trust anchors is DER: the tool writes it into the bundle as it is.',
    advice: 'Convert it to PEM and run the tool.',
  },
  'anchor-unreadable': {
    severity: 'warning',
    meaning:
      'A CA in the folder of trust anchors stands in a form that Go, and so dockerd, does not read, though OpenSSL may.',
    advice: 'Add it anew with `dockerctl trust add-ca FILE`, which reads it.',
  },
  'anchor-bundle': {
    severity: 'warning',
    meaning:
      'A file of trust anchors holds several certificates: the tool takes the first or none.',
    advice: 'One file a certificate: `dockerctl trust add-ca FILE`.',
  },
  'anchor-expired': {
    severity: 'warning',
    meaning: 'A trust anchor has expired: nothing that it signed is trusted any more.',
    advice: 'Remove it, and add the new one.',
  },
  'bundle-edited': {
    severity: 'warning',
    meaning:
      'A certificate was appended to the compiled bundle by hand: the next update of the system removes it.',
    advice: 'Put it into the folder of trust anchors.',
    fix: 'safe',
  },
  'store-newer-than-daemon': {
    severity: 'warning',
    meaning:
      "The system's certificates changed after dockerd was started; it reads them once, when it first needs them.",
    advice: 'Restart it.',
  },
  'store-not-read': {
    severity: 'warning',
    meaning:
      "dockerd's environment (`SSL_CERT_FILE`, `SSL_CERT_DIR`) names other certificates than the system's store, and a CA put there is not among them.",
    advice: 'Put it where the variable points, too, or take the variable out of the unit.',
  },
  'insecure-port': {
    severity: 'info',
    meaning: 'A registry is used with one port and listed as insecure with another.',
    advice: 'List it with the port that is used.',
  },
  'insecure-without-need': {
    severity: 'warning',
    meaning: 'A registry is listed as insecure, and its certificate is good (`--deep`).',
    advice: '`dockerctl insecure remove HOST`.',
  },
  'cri-old-tables': {
    severity: 'warning',
    meaning:
      "containerd's CRI plugin has registries in the old tables registry.mirrors and registry.configs, beside which no hosts.toml counts for Kubernetes.",
    advice: '`dockerctl trust migrate --to containerd`.',
  },
  'cri-password-readable': {
    severity: 'warning',
    meaning:
      "A password for a registry stands in containerd's configuration, which others can read.",
    advice: 'Give the file the mode 0600.',
  },
  'mirror-is-console': {
    severity: 'warning',
    meaning: 'A mirror is the address of a web page, not of a registry.',
    advice: 'Use the address that the provider gives for pulls.',
  },
  'mirror-ca-elsewhere': {
    severity: 'warning',
    meaning:
      "A mirror's CA lies where this engine, since 28, no longer looks: pulls by images in containerd, and builds, do not use the mirror.",
    advice: 'Put it into certs.d/docker.io, too.',
    fix: 'safe',
  },
  'registry-ca-elsewhere': {
    severity: 'error',
    meaning:
      "A registry's CA lies where this store of images does not look: named by hosts.toml alone with graph drivers, or not named by it with images in containerd.",
    advice: 'Put it where this store looks, too.',
    fix: 'safe',
  },
  'hosts-toml-insecure-unread': {
    severity: 'info',
    meaning:
      'A hosts.toml that this store of images does not read switches verification off for a registry.',
    advice: 'Give the registry a certificate, or list it in insecure-registries.',
  },
  'hosts-toml-broken': {
    severity: 'error',
    meaning: 'A hosts.toml of dockerd is no TOML, and counts for nothing.',
    advice: 'Correct it.',
  },
  'hosts-toml-unread': {
    severity: 'warning',
    meaning:
      'There is a hosts.toml, and pulls of this dockerd read none: it is older than 28, or has its images in graph drivers.',
    advice: 'See what mirrors count with `dockerctl mirrors list`.',
  },
  'hosts-toml-hides-mirrors': {
    severity: 'warning',
    meaning:
      'certs.d/docker.io/hosts.toml names servers: the mirrors of daemon.json are not asked.',
    advice: 'Keep one of the two.',
  },
  'mirror-dead': {
    severity: 'warning',
    meaning: 'A mirror does not give images (`--deep`): each pull loses time there.',
    advice: 'Remove it, or fix the mirror.',
  },
  'mirror-login-unused': {
    severity: 'info',
    meaning: 'Somebody logged in to a mirror: dockerd never uses a login for a mirror.',
    advice: 'The mirror must let pulls through without a login.',
  },
  'mirror-gets-hub-login': {
    severity: 'warning',
    meaning: 'dockerd sends the login of Docker Hub to its mirrors, here over plain http.',
    advice: 'Use https for the mirror, or log out.',
  },
  'daemon-certificate-expired': {
    severity: 'error',
    meaning: 'The certificate that dockerd shows on its tcp port, or a CA beside it, has expired.',
    advice: 'Issue a new one.',
  },
} as const satisfies Readonly<Record<string, DoctorCode>>;
