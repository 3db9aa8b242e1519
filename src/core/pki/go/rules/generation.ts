/** The generations whose rules were read in Debian's sources and tried on real dockers: 20.10.24, 26.1.5, 28.5.2. */
export const GENERATIONS = ['1.19', '1.24', '1.27'] as const;

export type GoGeneration = (typeof GENERATIONS)[number];

/** In what the generations differ, by the Go file that has it. All else is the same in the three. */
export interface GoRules {
  readonly generation: GoGeneration;
  /** cryptobyte ReadASN1ObjectIdentifier: no component begins with 0x80. */
  readonly shortestOids: boolean;
  /** parser.go parseASN1String: no surrogates in a BMPString. */
  readonly bmpWithoutSurrogates: boolean;
  /** parser.go parseName: attribute values of other types than strings. */
  readonly anyAttributeType: boolean;
  /** parser.go parseTime: the hours of a time zone up to 24. */
  readonly zoneLimited: boolean;
  /** parser.go parseBasicConstraintsExtension. */
  readonly pathLengthNotNegative: boolean;
  /** parser.go processExtensions: key identifiers and authorityInfoAccess may not be critical. */
  readonly identifiersNotCritical: boolean;
  /** parser.go, verify.go: policies are looked at (RFC 5280 6.1, RFC 9618). */
  readonly policies: boolean;
  /** parser.go parseSANExtension, parseNameConstraintsExtension: no IPv4-mapped IPv6 addresses. */
  readonly noMappedAddresses: boolean;
  /** verify.go domainToReverseLabels, constraints.go domainNameValid. */
  readonly domains: 'labels, a leading dot is none' | 'labels' | 'text';
  /** net/url: what is in square brackets is an IPv6 address. */
  readonly bracketsHoldAddresses: boolean;
  /** verify.go, where URIs meet constraints: addresses may have a zone. */
  readonly zonesInUris: boolean;
  /** verify.go VerifyHostname: the same for the host asked for. */
  readonly zonesInHosts: boolean;
  /** verify.go validHostname: `*` alone is a pattern. */
  readonly starAlone: boolean;
  /** x509.go: ML-DSA keys and signatures. */
  readonly mlDsa: boolean;
  /** crypto/tls handshake_client.go checkKeySize. */
  readonly rsaAtMost8192: boolean;
  /** crypto/rsa: exponents from 2 up and below 2^31, nothing even. */
  readonly rsaChecked: boolean;
  /** verify.go: whose names are held against an authority's constraints. */
  readonly constrained: 'the leaf and the authority itself' | 'all below' | 'the finished chain';
  /** verify.go considerCandidate: the budget counts a candidate before it is looked at. */
  readonly budgetFirst: boolean;
  /** verify.go: candidates with a key of an unknown kind are passed over. */
  readonly unknownKeysSkipped: boolean;
  /** verify.go alreadyInChain: keys of these kinds make the process panic. */
  readonly panicsOn: readonly ('DSA' | 'unknown')[];
  /** encoding/pem Decode. */
  readonly pem: 'BEGIN first' | 'END first';
  /** crypto/tls: signature_algorithms_cert is sent, and an OpenSSL server heeds it. */
  readonly offersCertificateAlgorithms: boolean;
  /** crypto/tls maxHandshakeCertificateMsg, octets. */
  readonly largestChain: number;
  /** GODEBUG x509negativeserial=0. */
  readonly serialNotNegative: boolean;
  /** GODEBUG rsa1024min=1. */
  readonly rsaAtLeast1024: boolean;
  /** GODEBUG urlstrictcolons=1. */
  readonly oneColonInHosts: boolean;
}

const GO_19: GoRules = {
  generation: '1.19',
  shortestOids: false,
  bmpWithoutSurrogates: false,
  anyAttributeType: false,
  zoneLimited: false,
  pathLengthNotNegative: false,
  identifiersNotCritical: false,
  policies: false,
  noMappedAddresses: false,
  domains: 'labels, a leading dot is none',
  bracketsHoldAddresses: false,
  zonesInUris: false,
  zonesInHosts: false,
  starAlone: true,
  mlDsa: false,
  rsaAtMost8192: false,
  rsaChecked: false,
  constrained: 'the leaf and the authority itself',
  budgetFirst: false,
  unknownKeysSkipped: false,
  panicsOn: ['DSA', 'unknown'],
  pem: 'BEGIN first',
  offersCertificateAlgorithms: false,
  largestChain: 65_536,
  serialNotNegative: false,
  rsaAtLeast1024: false,
  oneColonInHosts: false,
};

const GO_24: GoRules = {
  ...GO_19,
  generation: '1.24',
  shortestOids: true,
  zoneLimited: true,
  identifiersNotCritical: true,
  policies: true,
  domains: 'labels',
  zonesInUris: true,
  starAlone: false,
  rsaAtMost8192: true,
  rsaChecked: true,
  constrained: 'all below',
  unknownKeysSkipped: true,
  panicsOn: ['DSA'],
  largestChain: 262_144,
};

const GO_27: GoRules = {
  ...GO_24,
  generation: '1.27',
  bmpWithoutSurrogates: true,
  anyAttributeType: true,
  pathLengthNotNegative: true,
  noMappedAddresses: true,
  domains: 'text',
  bracketsHoldAddresses: true,
  zonesInHosts: true,
  mlDsa: true,
  constrained: 'the finished chain',
  budgetFirst: true,
  panicsOn: [],
  pem: 'END first',
  offersCertificateAlgorithms: true,
};

const MEASURED: Readonly<Record<GoGeneration, GoRules>> = {
  '1.19': GO_19,
  '1.24': GO_24,
  '1.27': GO_27,
};

/**
 * The switches that a program built as a Go module has by default (internal/godebugs); one built without, as Debian
 * builds dockerd, has those of old: `lenient`.
 */
export type Godebug = 'lenient' | 'strict';

export function rulesOf(generation: GoGeneration, godebug: Godebug = 'lenient'): GoRules {
  const strict = godebug === 'strict';
  return {
    ...MEASURED[generation],
    serialNotNegative: strict && generation !== '1.19',
    rsaAtLeast1024: strict && generation !== '1.19',
    oneColonInHosts: strict && generation === '1.27',
  };
}
