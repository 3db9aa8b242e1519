/** node-forge's ASN.1 codec, the only part of it we load: what `der.ts` uses, said more exactly than @types/node-forge does. */
declare module 'node-forge/lib/asn1.js' {
  namespace codec {
    interface Asn1 {
      tagClass: number;
      type: number;
      constructed: boolean;
      composed: boolean;
      /** Content bytes as latin1 (characters for a BMPString), or the items of a constructed value. */
      value: string | Asn1[];
    }
  }
  type Asn1 = codec.Asn1;
  interface Buffer {
    getBytes(): string;
  }
  interface DecodeOptions {
    readonly strict: boolean;
    readonly parseAllBytes: boolean;
    /** Whether a BIT STRING's content is decoded when it looks like DER. */
    readonly decodeBitStrings: boolean;
  }
  interface Codec {
    readonly Class: Readonly<Record<'UNIVERSAL' | 'CONTEXT_SPECIFIC', number>>;
    readonly Type: Readonly<
      Record<
        | 'BOOLEAN'
        | 'INTEGER'
        | 'BITSTRING'
        | 'OCTETSTRING'
        | 'NULL'
        | 'OID'
        | 'ENUMERATED'
        | 'UTF8'
        | 'SEQUENCE'
        | 'SET'
        | 'PRINTABLESTRING'
        | 'UTCTIME'
        | 'GENERALIZEDTIME'
        | 'BMPSTRING',
        number
      >
    >;
    create(tagClass: number, type: number, constructed: boolean, value: string | Asn1[]): Asn1;
    toDer(item: Asn1): Buffer;
    fromDer(bytes: string, options: DecodeOptions): Asn1;
    oidToDer(dotted: string): Buffer;
    derToOid(content: string): string;
  }
  const codec: Codec;
  export = codec;
}
