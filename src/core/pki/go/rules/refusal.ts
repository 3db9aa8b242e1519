/** Why Go refuses a chain. A code for each rule; their words and remedies are in pki/go/words. */
export type RefusalCode =
  | ParseCode
  | 'no-certificate'
  | 'chain-too-large'
  | 'ends-dockerd'
  | 'rsa-too-large'
  | 'critical-extension'
  | 'expired'
  | 'not-yet-valid'
  | 'name-mismatch'
  | 'address-as-domain'
  | 'only-common-name'
  | 'unknown-authority'
  | 'proxy-in-between'
  | 'self-signed'
  | 'authority-changed'
  | 'intermediate-missing'
  | 'issuer-name-differs'
  | 'issuer-not-authority'
  | 'issuer-may-not-sign'
  | 'issuer-key-unsupported'
  | 'rsa-too-small'
  | 'rsa-key-refused'
  | 'weak-signature'
  | 'signature-unsupported'
  | 'signature-invalid'
  | 'path-length'
  | 'too-many-candidates'
  | 'outside-constraints'
  | 'constraint-not-applicable'
  | 'too-many-constraints'
  | 'policy-required'
  | 'not-for-servers'
  | 'authority-not-for-servers'
  | 'key-unsupported'
  | 'curve-not-for-tls'
  | 'rsa-too-small-for-tls'
  | 'signature-not-offered';

/** What Go's parser does not read at all, in any certificate that the server sends (crypto/x509/parser.go). */
export type ParseCode =
  | 'not-der'
  | 'version-invalid'
  | 'serial-malformed'
  | 'serial-negative'
  | 'algorithms-differ'
  | 'name-malformed'
  | 'name-string-invalid'
  | 'name-type-unsupported'
  | 'time-malformed'
  | 'key-malformed'
  | 'curve-unsupported'
  | 'curve-point-invalid'
  | 'signature-malformed'
  | 'identifier-too-large'
  | 'extension-duplicate'
  | 'extension-malformed'
  | 'extension-wrongly-critical'
  | 'alternative-name-malformed'
  | 'alternative-address-length'
  | 'alternative-address-mapped'
  | 'alternative-url-malformed'
  | 'constraints-malformed'
  | 'constraints-empty'
  | 'constraints-name-invalid'
  | 'constraints-address-invalid'
  | 'path-length-negative'
  | 'policy-duplicate'
  | 'crl-point-relative';

export interface Refusal {
  readonly code: RefusalCode;
  /** A clause for people: which certificate, what about it. Untrusted text in it is printable. */
  readonly detail: string;
}

/** What to refuse with, should a value not be what is asked for. */
export type RefusalReason = readonly [code: RefusalCode, detail: string];

/** Leaves the parser or the matcher; `refusalIn` catches it. */
export function refuse([code, detail]: RefusalReason): never {
  throw Object.assign(new Error(detail), { refusal: { code, detail } });
}

/** What `work` was refused for; null: it was not. Other errors pass. */
export function refusalIn(work: () => void): Refusal | null {
  try {
    work();
    return null;
  } catch (error) {
    return refusalOf(error);
  }
}

export type Tried<Value> =
  | { readonly value: Value; readonly refusal: null }
  | { readonly value: null; readonly refusal: Refusal };

/** What `work` makes, or what it was refused for. */
export function tried<Value>(work: () => Value): Tried<Value> {
  try {
    return { value: work(), refusal: null };
  } catch (error) {
    return { value: null, refusal: refusalOf(error) };
  }
}

/** Throws what is no refusal. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Error && 'refusal' in error) return error.refusal as Refusal;
  throw error;
}
