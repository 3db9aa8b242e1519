import type { ParseCode, RefusalCode } from '../rules/refusal.js';
import type { NamedServer, Words } from './words.js';

const reissue = ({ issue }: NamedServer): string => `issue it again: \`${issue}\``;
const fromAnother = ({ issue }: NamedServer): string =>
  `have another authority sign it: \`${issue}\`, or \`dockerctl certs init\` for a new authority first`;
const addCa = ({ name }: NamedServer): string =>
  `\`dockerctl trust add-registry ${name} --ca FILE\`, or --fetch to get it from the server`;

/** By rule of crypto/x509/verify.go and crypto/tls. */
export const VERIFY_WORDS: Readonly<Record<Exclude<RefusalCode, ParseCode>, Words>> = {
  'no-certificate': {
    says: 'it shows no certificate',
    advice: ({ name }) => `openssl s_client -connect ${/:\d+$/.test(name) ? name : `${name}:443`}`,
  },
  'chain-too-large': {
    says: 'it sends more than dockerd takes of certificates',
    advice: () =>
      'leave only its own certificate and the intermediates in the certificate file of the registry',
  },
  'ends-dockerd': {
    says: 'its certificates would crash the dockerd of this machine, which was therefore not asked',
    advice: ({ issue }) =>
      `issue the authority and the certificate again, with different names and keys that are ECDSA or RSA: \`${issue} --init\``,
  },
  'rsa-too-large': {
    says: 'a certificate that it sends has too large a key',
    advice: ({ issue }) => `issue it again with a key of 4096 bits at most: \`${issue}\``,
  },
  'critical-extension': {
    says: 'a certificate says that whoever does not know one of its extensions must refuse it',
    advice: reissue,
  },
  expired: {
    says: 'a certificate has expired',
    advice: () =>
      'renew it on the server (`dockerctl certs renew` where it is ours); if it should be valid, look at the clock: `timedatectl`',
  },
  'not-yet-valid': {
    says: 'a certificate is not valid yet',
    advice: () => 'set the clock of this machine: `timedatectl set-ntp true`',
  },
  'name-mismatch': {
    says: 'its certificate is for another name',
    advice: ({ issue }) => `issue one that names it: \`${issue}\`; or use a name that it has`,
  },
  'address-as-domain': {
    says: 'its certificate has the address where only DNS names count',
    advice: ({ issue }) => `issue one with the address as an address: \`${issue}\``,
  },
  'only-common-name': {
    says: 'its certificate names the host only in the common name',
    advice: ({ issue }) => `issue one with subject alternative names: \`${issue}\``,
  },
  'unknown-authority': {
    says: 'its certificate is from an authority that is not trusted here',
    advice: addCa,
  },
  'proxy-in-between': {
    says: 'a proxy on the way opens the connection, and shows certificates of its own',
    advice: ({ name }) =>
      `get the CA of the proxy from who runs it; for all that this machine does: \`dockerctl trust add-ca FILE\`; for this registry alone: \`dockerctl trust add-registry ${name} --ca FILE\``,
  },
  'self-signed': {
    says: 'its certificate is self-signed',
    advice: ({ issue }) => `give it one from an authority: \`${issue} --init\``,
  },
  'authority-changed': {
    says: 'its authority was made anew',
    advice: ({ name }) => `\`dockerctl trust add-registry ${name} --ca FILE\` with the new CA`,
  },
  'intermediate-missing': {
    says: 'a certificate is missing between its own and the trusted one',
    advice: ({ name }) =>
      `put the full chain into the certificate file of the registry; or trust the intermediate: \`dockerctl trust add-registry ${name} --fetch\``,
  },
  'issuer-name-differs': {
    says: 'its authority is known, but not by these bytes of its name',
    advice: ({ issue }) =>
      `have it signed again by a tool that copies the issuer's name: \`${issue}\``,
  },
  'issuer-not-authority': {
    says: 'what signed it is no authority',
    advice: fromAnother,
  },
  'issuer-may-not-sign': {
    says: 'what signed it may not sign certificates',
    advice: fromAnother,
  },
  'issuer-key-unsupported': {
    says: 'its authority has a key that Go cannot use',
    advice: fromAnother,
  },
  'rsa-too-small': {
    says: 'its authority has too small a key',
    advice: fromAnother,
  },
  'rsa-key-refused': {
    says: 'its authority has an RSA key that Go refuses',
    advice: fromAnother,
  },
  'weak-signature': {
    says: 'a certificate is signed in a way that is refused today',
    advice: ({ issue }) => `issue it again with SHA-256: \`${issue}\``,
  },
  'signature-unsupported': {
    says: 'a certificate is signed in a way that Go does not know',
    advice: ({ issue }) => `issue it again with SHA-256: \`${issue}\``,
  },
  'signature-invalid': {
    says: 'a signature in its chain is wrong',
    advice: () =>
      'put the certificates that belong together into the certificate file of the registry; `dockerctl certs verify FILE --ca CA` looks at it',
  },
  'path-length': {
    says: 'an authority has more authorities below it than it allows',
    advice: () =>
      'have the certificate signed nearer to the root, or make an authority that allows it: `dockerctl certs init --intermediate`',
  },
  'too-many-candidates': {
    says: 'too many certificates have the name of its authority',
    advice: () =>
      'leave only the right ones in ca.crt and in what the server sends, with authority and subject key identifiers',
  },
  'outside-constraints': {
    says: 'an authority of its chain may not sign for its names',
    advice: fromAnother,
  },
  'constraint-not-applicable': {
    says: 'a name of its certificate cannot be held against the name constraints of its authority',
    advice: ({ issue }) => `issue it again without that name: \`${issue}\``,
  },
  'too-many-constraints': {
    says: 'it takes too many comparisons of names with name constraints',
    advice: fromAnother,
  },
  'policy-required': {
    says: 'its chain lacks a certificate policy that it asks for',
    advice: fromAnother,
  },
  'not-for-servers': {
    says: 'its certificate is for another use',
    advice: ({ issue }) => `issue one for servers: \`${issue} --profile registry\``,
  },
  'authority-not-for-servers': {
    says: 'its authority is for other uses',
    advice: fromAnother,
  },
  'key-unsupported': {
    says: 'its certificate has a key that TLS with Go does not have',
    advice: ({ issue }) => `issue one with an ECDSA or RSA key: \`${issue}\``,
  },
  'curve-not-for-tls': {
    says: 'its certificate has a key on a curve that TLS does not have',
    advice: ({ issue }) => `issue one with a key on P-256: \`${issue}\``,
  },
  'rsa-too-small-for-tls': {
    says: 'its certificate has too small a key',
    advice: ({ issue }) => `issue one with a larger key: \`${issue}\``,
  },
  'signature-not-offered': {
    says: 'its certificate is signed in a way that is refused today',
    advice: ({ issue }) => `issue it again with SHA-256: \`${issue}\``,
  },
};
