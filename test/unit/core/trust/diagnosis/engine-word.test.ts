import { describe, expect, test } from '@jest/globals';
import {
  readEngineWord,
  readPullerWord,
} from '../../../../../src/core/trust/diagnosis/engine-word.js';

const stream = (error: string) =>
  `{"status":"Pulling"}\r\n${JSON.stringify({ errorDetail: {}, error })}\r\n`;
const message = (text: string) => JSON.stringify({ message: text });
/** How containerd's resolver begins. */
const RESOLVE = 'failed to resolve reference "r/x:none": ';
const HEAD = 'unexpected status from HEAD request to https://r/v2/x/manifests/none: ';

describe('the word of dockerd, as 20.10, 26.1 and 28.5 gave it', () => {
  test.each([
    ['sure', 500, message('manifest unknown')],
    ['sure', 404, message('manifest for r/x:none not found: manifest unknown: manifest unknown')],
    ['sure', 500, message('name unknown')],
    ['sure', 500, message('unknown: {"errors":[{"code":"NAME_UNKNOWN","message":"no"}]}')],
    ['reached', 404, message(`${RESOLVE}r/x:none: not found`)],
    ['reached', 404, message('pull access denied for r/x, repository does not exist or may …')],
    ['reached', 500, message('Head "https://r/v2/x": no basic auth credentials')],
    ['reached', 500, message(`${RESOLVE}${HEAD}403 Forbidden`)],
    ['reached', 500, message(`unknown: ${RESOLVE}${HEAD}429 Too Many Requests`)],
    ['reached', 500, message('toomanyrequests: slow down')],
    ['reached', 200, stream('unauthorized: authentication required')],
    ['trust', 500, message('Get "https://r/v2/": x509: certificate signed by unknown authority')],
    ['trust', 500, message('Get "https://r/v2/": remote error: tls: certificate required')],
    ['trust', 500, message('Get "https://r/v2/": http: server gave HTTP response to HTTPS client')],
    ['trust', 500, message('missing key r.key for client certificate r.cert. CA certificates …')],
    ['network', 500, message('dial tcp 10.99.0.1:7999: connect: connection refused')],
    ['network', 500, message('Get "https://r/v2/": net/http: TLS handshake timeout')],
    ['network', 500, message('dial tcp: lookup r on 10.0.0.53:53: no such host')],
    ['answer', 500, message(`${RESOLVE}${HEAD}500 Internal Server Error`)],
    ['answer', 500, message('received unexpected HTTP status: 500 Internal Server Error')],
    ['answer', 500, message('unknown: <html>nothing</html>')],
    ['answer', 200, stream('failed to unpack image: unexpected media type text/html: not found')],
    ['answer', 500, message('Get "https://r/login": stopped after 10 redirects')],
    ['answer', 500, ''],
    ['none', 0, 'ETIMEDOUT: timeout'],
    ['none', 403, message('authorization denied by plugin opa: no pulls for you')],
  ])('%s: %i %s', (expected, status, body) => {
    const word = readEngineWord({ status, body });
    const meaning =
      word.kind === 'refuses'
        ? word.cause
        : word.kind === 'none'
          ? 'none'
          : word.sure
            ? 'sure'
            : 'reached';
    expect(meaning).toBe(expected);
  });

  test('of other programs, the last line counts, and what is not known says nothing', () => {
    const kindOf = (stderr: string, status = 1) => readPullerWord({ status, stderr }).kind;
    expect(kindOf('level=fatal msg="pinging registry r: name unknown"\n')).toBe('resolves');
    expect(kindOf('ctr: r: not found\n')).toBe('resolves');
    expect(kindOf('Error: overlay is not supported\n')).toBe('none');
    expect(kindOf('ctr: dial unix /run/containerd/containerd.sock: connection refused')).toBe(
      'none',
    );
    expect(kindOf('', 0)).toBe('resolves');
  });
});
