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

/** A Secret of type kubernetes.io/tls, for `kubectl apply -f -`. Throws `invalid-value` for a name Kubernetes would refuse. */
export function kubernetesSecret({ name, namespace, chain, key, authority }: TlsSecret): string {
  for (const text of [name, namespace ?? 'default']) assertLabel(text);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${name}`,
    ...(namespace === null ? [] : [`  namespace: ${namespace}`]),
    'type: kubernetes.io/tls',
    'data:',
    `  ca.crt: ${base64(authority)}`,
    `  tls.crt: ${base64(chain)}`,
    `  tls.key: ${base64(key)}`,
    '',
  ].join('\n');
}

/** A DNS-1123 subdomain: what Kubernetes takes as an object's name. */
function assertLabel(text: string): void {
  if (/^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/u.test(text)) return;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `"${printable(text)}" cannot be the name of a Kubernetes object: small letters, digits, dots and hyphens only.`,
    hint: '--secret-name registry-tls',
  });
}
