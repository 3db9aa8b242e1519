import { hostOf } from '../../pki/authority/issue-command.js';

export interface FailurePlace {
  readonly name: string;
  readonly port: number;
}

/** A connection's end by Node's error code: what it means and what to do. In this order. */
export const FAILURES: readonly {
  readonly codes: RegExp;
  readonly code: string;
  readonly says: (place: FailurePlace) => string;
  readonly advice: (place: FailurePlace) => string;
}[] = [
  {
    codes: /^(?:ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/,
    code: 'registry-unresolved',
    says: () => 'the name has no address',
    advice: ({ name }) =>
      `\`getent hosts ${hostOf(name)}\`; is the name right, and known to /etc/hosts or the name server?`,
  },
  {
    codes: /^ECONNREFUSED$/,
    code: 'registry-refused',
    says: ({ port }) => `nothing listens on port ${port}`,
    advice: () =>
      'is the registry running, and is this its port? The port is part of the name: host:port',
  },
  {
    codes: /^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/,
    code: 'registry-unreachable',
    says: () => 'there is no way to its address',
    advice: ({ name }) =>
      `\`ip route get $(getent hosts ${hostOf(name)} | cut -d' ' -f1)\`; look at routes, firewall and VPN`,
  },
  {
    codes: /^(?:ETIMEDOUT|ERR_SOCKET_CONNECTION_TIMEOUT|ABORT_ERR|UND_ERR_CONNECT_TIMEOUT)$/,
    code: 'registry-timeout',
    says: ({ port }) => `no answer from port ${port} in time`,
    advice: () =>
      'a firewall that drops packets, or a server that hangs: try again with a longer --timeout',
  },
  {
    codes: /^ERR_CHAIN_TOO_LARGE$/,
    code: 'registry-chain-too-large',
    says: () => 'it sends more than dockerd takes of certificates',
    advice: () =>
      'leave only its own certificate and the intermediates in the certificate file of the registry',
  },
  {
    codes: /EXCESSIVE_MESSAGE_SIZE/,
    code: 'registry-tls-failed',
    says: () =>
      'it sends more than 100 KiB of certificates, more than our own TLS takes: what it answers was not looked at. dockerd takes more',
    advice: () =>
      'leave only its own certificate and the intermediates in the certificate file of the registry',
  },
  {
    codes: /CERTIFICATE_REQUIRED/,
    code: 'registry-client-certificate-required',
    says: () => 'it asks for a client certificate, and none is installed for it',
    advice: ({ name }) =>
      `dockerctl trust add-registry ${name} --client-cert FILE --client-key FILE`,
  },
  {
    codes:
      /ALERT_(?:BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|CERTIFICATE_EXPIRED|CERTIFICATE_REVOKED|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)/,
    code: 'registry-client-certificate-refused',
    says: () => 'it does not accept our client certificate',
    advice: ({ name }) =>
      `get a client certificate that the registry's operator trusts: \`dockerctl trust add-registry ${name} --client-cert FILE --client-key FILE\``,
  },
  {
    codes:
      /^(?:EPROTO|ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL|RECORD_LAYER_FAILURE|BAD_RECORD_TYPE|UNEXPECTED_MESSAGE))/,
    code: 'registry-not-tls',
    says: ({ port }) => `what listens on port ${port} speaks neither TLS nor http`,
    advice: () => 'is this the port of the registry? The port is part of the name: host:port',
  },
  {
    // RFC 5246 has no alert of its own for it: alert 40, handshake_failure, is what OpenSSL's servers send.
    codes: /ALERT_HANDSHAKE_FAILURE/,
    code: 'registry-client-certificate-required',
    says: () =>
      'it refuses the handshake, as servers with TLS 1.2 do that ask for a client certificate; else there is no cipher in common',
    advice: ({ name }) =>
      `dockerctl trust add-registry ${name} --client-cert FILE --client-key FILE`,
  },
  {
    codes:
      /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|HANDSHAKE_FAILURE|NO_SHARED_CIPHER|DH_KEY_TOO_SMALL/,
    code: 'registry-tls-too-old',
    says: () =>
      'server and client find no common TLS version or cipher: dockerd wants TLS 1.2 at least',
    advice: () => 'renew the TLS settings of the registry, or of the proxy before it',
  },
  {
    codes: /^(?:ECONNRESET|EPIPE|ECONNABORTED)$/,
    code: 'registry-closed',
    says: () =>
      'the connection was closed in the middle: a firewall or proxy on the way, or a server that wants something else',
    advice: ({ name, port }) => `openssl s_client -connect ${name.replace(/:\d+$/, '')}:${port}`,
  },
  {
    codes: /^(?:HPE_|ERR_HTTP|ERR_INVALID)/,
    code: 'registry-garbage',
    says: () => 'it answers with something that is not HTTP',
    advice: () => 'is this the port of the registry? The port is part of the name: host:port',
  },
];
