import { DockerctlError } from '../../../errors.js';
import { printable } from '../../text/printable.js';

export interface TlsSecret {
  readonly name: string;
  readonly namespace: string | null;
  /** PEM, leaf first. */
  readonly chain: string;
  readonly key: string;
  readonly authority: string;
}

/**
 * A Secret of type kubernetes.io/tls, for `kubectl apply -f -`. Throws `invalid-value` for names Kubernetes would refuse
 * (apimachinery pkg/util/validation: a Secret's is a DNS-1123 subdomain, a namespace's a label).
 */
export function kubernetesSecret({ name, namespace, chain, key, authority }: TlsSecret): string {
  if (name.length > 253 || !name.split('.').every((part) => LABEL.test(part)))
    throw refused(name, '--secret-name registry-tls');
  if (namespace !== null && (namespace.length > 63 || !LABEL.test(namespace)))
    throw refused(namespace, '--namespace registry');
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    // Quoted: `1e3`, `null` and `on` are no strings in YAML.
    `  name: "${name}"`,
    ...(namespace === null ? [] : [`  namespace: "${namespace}"`]),
    'type: kubernetes.io/tls',
    'data:',
    `  ca.crt: ${base64(authority)}`,
    `  tls.crt: ${base64(chain)}`,
    `  tls.key: ${base64(key)}`,
    '',
  ].join('\n');
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,251}[a-z0-9])?$/u;

const refused = (text: string, hint: string): DockerctlError =>
  new DockerctlError({
    code: 'invalid-value',
    message: `"${printable(text)}" cannot be the name of a Kubernetes object: small letters, digits and hyphens, none at an end; a secret's may have dots between.`,
    hint,
  });
