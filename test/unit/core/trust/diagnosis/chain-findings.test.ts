import { describe, expect, test } from '@jest/globals';
import {
  fromFailure,
  fromVerdict,
} from '../../../../../src/core/trust/diagnosis/chain-findings.js';

const place = { subject: 'r.corp', name: 'r.corp:5000', port: 5000 };
const told = (code: string) => {
  const finding = fromFailure({ code, message: 'words of Node' }, place);
  return `${finding.code}: ${finding.hint}`;
};

/** The codes are those of Node and of OpenSSL, as its servers and sockets give them. */
describe('a connection that did not come about', () => {
  test.each([
    ['ENOTFOUND', 'registry-unresolved'],
    ['EAI_AGAIN', 'registry-unresolved'],
    ['ECONNREFUSED', 'registry-refused'],
    ['ENETUNREACH', 'registry-unreachable'],
    ['ETIMEDOUT', 'registry-timeout'],
    ['ERR_CHAIN_TOO_LARGE', 'registry-chain-too-large'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'registry-client-certificate-required'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'registry-client-certificate-refused'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'registry-not-tls'],
    ['EPROTO', 'registry-not-tls'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'registry-client-certificate-required'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'registry-tls-too-old'],
    ['ECONNRESET', 'registry-closed'],
    ['HPE_INVALID_CONSTANT', 'registry-garbage'],
    ['ERR_SOMETHING_NEW', 'registry-tls-failed'],
  ])('%s is %s', (code, expected) => {
    expect(told(code)).toMatch(new RegExp(`^${expected}: `));
  });

  test('is an error, with the port that was asked and a command for it', () => {
    expect(fromFailure({ code: 'ECONNREFUSED', message: 'x' }, place)).toMatchObject({
      ...{ severity: 'error', subject: 'r.corp' },
      message: 'nothing listens on port 5000 (ECONNREFUSED)',
    });
    expect(told('ECONNRESET')).toBe('registry-closed: openssl s_client -connect r.corp:5000');
    expect(told('ERR_SOMETHING_NEW')).toBe('registry-tls-failed: curl -v https://r.corp:5000/v2/');
    expect(told('ENOTFOUND')).toContain('`getent hosts r.corp`;');
  });
});

describe('certificates that dockerd refuses', () => {
  const refusal = { code: 'expired', detail: 'CN=r.corp ended' } as const;

  test('are an error where all do', () => {
    expect(fromVerdict({ ...refusal, onlyBy: null }, 'r.corp')).toMatchObject({
      ...{ code: 'registry-expired', severity: 'error', subject: 'r.corp' },
      message: expect.not.stringContaining('built with'),
    });
  });

  test('are a warning where it hangs on who asks', () => {
    const onlyBy = ['Go 1.24', 'Go 1.27'];
    expect(fromVerdict({ ...refusal, onlyBy }, 'r.corp')).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('; a dockerd built with Go 1.24 or Go 1.27 refuses that'),
    });
  });
});
